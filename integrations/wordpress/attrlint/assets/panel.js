/**
 * The list of findings, for both editors. What comes from a story is set as text, never as HTML.
 */
( function ( wp ) {
	'use strict';
	const { createElement: el, Fragment, useState } = wp.element;
	const { Button, ExternalLink, Notice, Spinner, TextareaControl } = wp.components;
	const { __, _n, sprintf } = wp.i18n;

	const route = ( path, method, data ) => wp.apiFetch( { path: '/attrlint/v1/' + path, method, data } );

	/** Asks for a reason, and hands it on. */
	function Reason( { label, onGive } ) {
		const [ reason, setReason ] = useState( null );
		const [ problem, setProblem ] = useState( '' );
		if ( reason === null ) {
			return el( Button, { variant: 'link', onClick: () => setReason( '' ) }, label );
		}
		const give = () => onGive( reason.trim() ).catch( ( error ) => setProblem( error.message ) );
		return el( 'div', { className: 'attrlint-reason' },
			el( TextareaControl, {
				label: __( 'Reason', 'attrlint' ),
				help: __( 'It is kept with your name and the time.', 'attrlint' ),
				value: reason,
				rows: 2,
				onChange: setReason,
				__nextHasNoMarginBottom: true,
			} ),
			problem && el( Notice, { status: 'error', isDismissible: false }, problem ),
			el( Button, { variant: 'secondary', disabled: ! reason.trim(), onClick: give }, __( 'Accept', 'attrlint' ) ),
			el( Button, { variant: 'tertiary', onClick: () => setReason( null ) }, __( 'Cancel', 'attrlint' ) )
		);
	}

	function Accepted( { waiver, mayWithdraw, onWithdraw } ) {
		const line = sprintf(
			/* translators: 1: a name, 2: a date, 3: a reason. */
			__( 'Accepted by %1$s on %2$s: %3$s', 'attrlint' ), waiver.by, waiver.on, waiver.reason
		);
		return el( 'p', { className: 'attrlint-accepted' }, line, ' ',
			mayWithdraw && el( Button, { variant: 'link', onClick: onWithdraw }, __( 'Withdraw', 'attrlint' ) ) );
	}

	function Finding( { finding, answer, post, onJump, onChanged } ) {
		const { fingerprint, words, rule } = finding;
		const accept = ( reason ) => route( 'waivers', 'POST', { post, fingerprint, words, rule, reason } ).then( onChanged );
		const withdraw = () => route( 'waivers', 'DELETE', { post, fingerprint } ).then( onChanged );
		return el( 'li', { className: 'attrlint-finding attrlint-' + finding.severity },
			onJump
				? el( Button, { variant: 'link', className: 'attrlint-words', onClick: () => onJump( finding ) }, '“' + words + '”' )
				: el( 'strong', { className: 'attrlint-words' }, '“' + words + '”' ),
			el( 'p', null, finding.message ),
			finding.sentence && el( 'p', { className: 'attrlint-sentence' }, finding.sentence ),
			finding.help && el( 'p', null, el( ExternalLink, { href: finding.help }, __( 'Why', 'attrlint' ) ) ),
			finding.waiver && el( Accepted, { waiver: finding.waiver, mayWithdraw: answer.accepts, onWithdraw: withdraw } ),
			! finding.waiver && answer.accepts && el( Reason, { label: __( 'Accept with a reason', 'attrlint' ), onGive: accept } )
		);
	}

	/** The findings of one paragraph, under its first words. */
	function Paragraph( { findings, ...others } ) {
		const [ first ] = findings;
		const letters = Array.from( first.paragraph );
		const opening = letters.slice( 0, 60 ).join( '' ) + ( letters.length > 60 ? '…' : '' );
		return el( 'section', { className: 'attrlint-paragraph' },
			el( 'h3', null, first.path.length ? opening : sprintf( /* translators: %s: the title of a story. */ __( 'Title: %s', 'attrlint' ), opening ) ),
			el( 'ul', null, findings.map( ( finding, index ) =>
				el( Finding, { key: finding.fingerprint + index, finding, ...others } ) ) )
		);
	}

	function byParagraph( findings ) {
		const groups = new Map();
		for ( const finding of findings ) {
			groups.set( finding.index, [ ...( groups.get( finding.index ) || [] ), finding ] );
		}
		return [ ...groups ];
	}

	/** Tells that the service is down, and what that means for this story. */
	function Down( { answer, post, onChanged } ) {
		const allow = ( reason ) => route( 'waivers', 'POST', {
			post, fingerprint: answer.unchecked, reason, rule: '-', words: __( 'The whole story', 'attrlint' ),
		} ).then( onChanged );
		let then = __( 'It can be published all the same.', 'attrlint' );
		if ( answer.holds ) {
			then = answer.allowed
				? __( 'It may be published without a check, as it stands now.', 'attrlint' )
				: __( 'It cannot be published until it is checked.', 'attrlint' );
		}
		return el( Fragment, null,
			el( Notice, { status: 'warning', isDismissible: false }, answer.problem + ' ' + then ),
			answer.holds && ! answer.allowed && answer.overrides &&
				el( Reason, { label: __( 'Publish without a check', 'attrlint' ), onGive: allow } )
		);
	}

	function summary( answer ) {
		if ( ! answer.open ) {
			return __( 'Nothing stands in the way of publishing.', 'attrlint' );
		}
		/* translators: %d: how many findings. */
		const count = sprintf( _n( '%d place where the reader cannot know who is speaking.', '%d places where the reader cannot know who is speaking.', answer.open, 'attrlint' ), answer.open );
		if ( answer.holds && ! answer.accepts ) {
			return count + ' ' + __( 'Name the source, or ask somebody who may accept the finding.', 'attrlint' );
		}
		return count;
	}

	/**
	 * The whole panel.
	 *
	 * `answer` is that of the route “check”, or null; `onJump` shows a finding in the story, where that is possible.
	 */
	function Panel( { answer, checking, ...others } ) {
		if ( ! answer ) {
			return el( 'div', { className: 'attrlint-panel' }, checking ? el( Spinner ) : __( 'Nothing is checked yet.', 'attrlint' ) );
		}
		const status = answer.open && answer.holds ? 'error' : answer.open ? 'warning' : 'success';
		return el( 'div', { className: 'attrlint-panel' + ( checking ? ' is-checking' : '' ) },
			answer.problem
				? el( Down, { answer, ...others } )
				: el( Notice, { status, isDismissible: false }, summary( answer ) ),
			byParagraph( answer.findings ).map( ( [ index, findings ] ) =>
				el( Paragraph, { key: index, findings, answer, ...others } ) )
		);
	}

	/** Tells whether a story with this answer is held back. */
	const isHeld = ( answer ) => !! answer && answer.holds && ( answer.problem ? ! answer.allowed : answer.open > 0 );

	window.attrlint = { ...window.attrlint, Panel, isHeld, check: ( data ) => route( 'check', 'POST', data ), failed };

	/** What is shown where WordPress itself does not answer. */
	function failed( error ) {
		return { findings: [], problem: error.message || String( error ), open: 0, holds: false, accepts: false, overrides: false };
	}
} )( window.wp );
