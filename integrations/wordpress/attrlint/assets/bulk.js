/**
 * The screen that checks many stories, one after the other.
 */
( function ( wp, stories ) {
	'use strict';
	const { __, sprintf } = wp.i18n;
	const [ start, stop, progress, results ] = [ 'start', 'stop', 'progress', 'results' ].map( ( name ) => document.getElementById( 'attrlint-' + name ) );
	let running = false;

	function row( story, count, words ) {
		const line = results.insertRow();
		const link = document.createElement( 'a' );
		link.href = 'post.php?action=edit&post=' + story.id;
		link.textContent = story.title;
		line.insertCell().append( link );
		line.insertCell().textContent = count;
		line.insertCell().textContent = words;
	}

	async function check( post ) {
		const answer = await wp.apiFetch( { path: '/attrlint/v1/check', method: 'POST', data: { post } } );
		const story = { id: post, title: answer.title || '#' + post };
		if ( answer.problem ) {
			throw new Error( answer.problem );
		}
		if ( answer.open ) {
			const open = answer.findings.filter( ( one ) => ! one.waiver && one.severity !== 'note' );
			row( story, answer.open, open.map( ( one ) => '“' + one.words + '”' ).join( ', ' ) );
		}
	}

	async function checkAll() {
		running = true;
		results.replaceChildren();
		let [ done, problem ] = [ 0, '' ];
		for ( const post of stories ) {
			if ( ! running || problem ) {
				break;
			}
			await check( post ).then( () => done++, ( error ) => ( problem = error.message ) );
			/* translators: 1: how many stories are checked, 2: how many there are. */
			progress.textContent = sprintf( __( '%1$d of %2$d checked.', 'attrlint' ), done, stories.length ) + ' ' + problem;
		}
		running = false;
	}

	start.addEventListener( 'click', async () => {
		[ start.disabled, stop.disabled ] = [ true, false ];
		await checkAll();
		[ start.disabled, stop.disabled ] = [ false, true ];
	} );
	stop.addEventListener( 'click', () => ( running = false ) );
} )( window.wp, window.attrlintStories );
