/**
 * The block editor: checks the story as it is written, marks the words, and locks publishing where the desk has said so.
 */
( function ( wp, attrlint ) {
	'use strict';
	const { createElement: el, Fragment, useEffect } = wp.element;
	const { select, dispatch, useSelect, useDispatch } = wp.data;
	const { __ } = wp.i18n;
	const { PluginSidebar, PluginSidebarMoreMenuItem, PluginPrePublishPanel } = { ...wp.editPost, ...wp.editor };

	const STORE = 'attrlint';
	const LOCK = 'attrlint';
	const PUBLISHED = [ 'publish', 'future' ];
	const PAUSE = 800; // milliseconds without a change before the story is checked

	wp.data.register( wp.data.createReduxStore( STORE, {
		reducer: ( state = { answer: null, checking: false }, action ) =>
			action.type === 'set' ? { ...state, ...action.values } : state,
		actions: { set: ( values ) => ( { type: 'set', values } ) },
		selectors: { get: ( state ) => state },
	} ) );

	let latest = 0;

	/** Checks the story as it stands now. An answer that another question has overtaken is dropped. */
	async function check() {
		const editor = select( 'core/editor' );
		const mine = ++latest;
		const post = editor.getCurrentPostId();
		dispatch( STORE ).set( { checking: true } );
		const answer = await attrlint.check( {
			post,
			title: editor.getEditedPostAttribute( 'title' ) || '',
			content: editor.getEditedPostContent(),
		} ).catch( attrlint.failed );
		if ( mine === latest ) {
			dispatch( STORE ).set( { answer, checking: false } );
			mark( answer.findings );
		}
	}

	/** Marks the open findings in the story. */
	function mark( findings ) {
		const notes = dispatch( 'core/annotations' );
		const blocks = select( 'core/block-editor' ).getBlocks();
		notes.__experimentalRemoveAnnotationsBySource( STORE );
		const others = [];
		for ( const finding of findings.filter( ( one ) => ! one.waiver ) ) {
			const place = attrlint.placeOf( finding, blocks );
			if ( place?.identifier ) {
				const { clientId: blockClientId, identifier: richTextIdentifier, start, end } = place;
				notes.__experimentalAddAnnotation( { source: STORE, blockClientId, richTextIdentifier, range: { start, end } } );
			} else if ( place ) {
				others.push( [ finding, place.clientId ] );
			}
		}
		highlight( others );
	}

	/** Marks words that annotations cannot reach, such as those in the cells of a table. */
	function highlight( pairs ) {
		const views = new Map( [ [ window, [] ] ] );
		for ( const [ finding, clientId ] of pairs ) {
			const element = attrlint.elementOf( clientId );
			const range = element && attrlint.domRange( finding, element );
			if ( range ) {
				const view = element.ownerDocument.defaultView;
				views.set( view, [ ...( views.get( view ) || [] ), range ] );
			}
		}
		const frame = document.querySelector( 'iframe[name="editor-canvas"]' )?.contentWindow;
		if ( frame && ! views.has( frame ) ) {
			views.set( frame, [] );
		}
		for ( const [ view, ranges ] of views ) {
			view.CSS.highlights?.set( STORE, new view.Highlight( ...ranges ) );
		}
	}

	/** Shows a finding in the story, with its words selected. */
	function jump( finding ) {
		const place = attrlint.placeOf( finding, select( 'core/block-editor' ).getBlocks() );
		const frame = document.querySelector( 'iframe[name="editor-canvas"]' );
		if ( ! finding.path.length ) {
			( frame?.contentDocument || document ).querySelector( '.editor-post-title__input' )?.focus();
			return;
		}
		if ( ! place ) {
			return;
		}
		dispatch( 'core/block-editor' ).selectBlock( place.clientId );
		if ( place.identifier ) {
			dispatch( 'core/block-editor' ).selectionChange( place.clientId, place.identifier, place.start, place.end );
		}
		attrlint.elementOf( place.clientId )?.scrollIntoView( { block: 'center' } );
	}

	function Findings() {
		const { answer, checking } = useSelect( ( choose ) => choose( STORE ).get(), [] );
		const post = useSelect( ( choose ) => choose( 'core/editor' ).getCurrentPostId(), [] );
		return el( attrlint.Panel, { answer, checking, post, onJump: jump, onChanged: check } );
	}

	/** Checks whenever the words have changed and the writer pauses, and after every save. */
	function useChecks() {
		const { blocks, title, isSaving } = useSelect( ( choose ) => ( {
			blocks: choose( 'core/block-editor' ).getBlocks(),
			title: choose( 'core/editor' ).getEditedPostAttribute( 'title' ),
			isSaving: choose( 'core/editor' ).isSavingPost() && ! choose( 'core/editor' ).isAutosavingPost(),
		} ), [] );
		useEffect( () => {
			const waiting = isSaving ? 0 : setTimeout( check, PAUSE );
			return () => clearTimeout( waiting );
		}, [ blocks, title, isSaving ] );
	}

	/** Tells whether the next save would be one that readers see: the last button is in sight, or the story is out already. */
	function isAboutToPublish( choose ) {
		const editor = choose( 'core/editor' );
		const panel = [ 'core/editor', 'core/edit-post' ].map( ( name ) => choose( name ) ).find( ( one ) => one?.isPublishSidebarOpened );
		const before = editor.getCurrentPostAttribute( 'status' );
		const isOut = [ before, editor.getEditedPostAttribute( 'status' ) ].every( ( status ) => PUBLISHED.includes( status ) );
		const isNew = before === 'future' || editor.hasChangedContent() || 'title' in editor.getPostEdits();
		return panel.isPublishSidebarOpened() || ( isOut && isNew );
	}

	const showFindings = () => dispatch( 'core/edit-post' ).openGeneralSidebar( 'attrlint/findings' );

	/** Says why nothing can be saved, where no panel does so. */
	function tell() {
		dispatch( 'core/notices' ).createWarningNotice( __( 'This change is held back: readers could not know who is speaking, or nothing is checked.', 'attrlint' ), {
			id: STORE,
			isDismissible: false,
			actions: [ { label: __( 'Show why', 'attrlint' ), onClick: showFindings } ],
		} );
	}

	/**
	 * Locks publishing. A lock also stops drafts from being saved, so there is none while the next save is one of a draft:
	 * what is published past it, the server refuses.
	 */
	function useLock() {
		const { lockPostSaving, unlockPostSaving } = useDispatch( 'core/editor' );
		const { removeNotice } = useDispatch( 'core/notices' );
		// Every store is asked each time: old editors listen to those alone that were asked first.
		const [ isHeld, isAbout, isOut ] = useSelect( ( choose ) => [
			attrlint.isHeld( choose( STORE ).get().answer ),
			isAboutToPublish( choose ),
			PUBLISHED.includes( choose( 'core/editor' ).getCurrentPostAttribute( 'status' ) ),
		], [] );
		const isLocked = isHeld && isAbout;
		useEffect( () => {
			if ( ! isLocked ) {
				return;
			}
			lockPostSaving( LOCK );
			if ( isOut ) {
				tell();
			}
			return () => {
				unlockPostSaving( LOCK );
				removeNotice( STORE );
			};
		}, [ isLocked, isOut ] );
	}

	/** Takes back the wish to publish that the server has refused, so that the next save is one of a draft again. */
	wp.apiFetch.use( ( options, next ) => next( options ).catch( ( error ) => {
		if ( [ 'attrlint_open', 'attrlint_unchecked' ].includes( error?.code ) ) {
			const status = select( 'core/editor' ).getCurrentPostAttribute( 'status' );
			dispatch( 'core/editor' ).editPost( { status }, { undoIgnore: true } );
			if ( ! document.querySelector( '.editor-post-publish-panel' ) ) {
				showFindings();
			}
			check();
		}
		throw error;
	} ) );

	function Plugin() {
		useChecks();
		useLock();
		const name = __( 'Source attribution', 'attrlint' );
		return el( Fragment, null,
			el( PluginSidebarMoreMenuItem, { target: 'findings' }, name ),
			el( PluginSidebar, { name: 'findings', title: name, icon: 'format-quote' }, el( Findings ) ),
			el( PluginPrePublishPanel, { title: name, initialOpen: true, icon: 'format-quote' }, el( Findings ) )
		);
	}

	wp.plugins.registerPlugin( 'attrlint', { render: Plugin, icon: 'format-quote' } );
} )( window.wp, window.attrlint );
