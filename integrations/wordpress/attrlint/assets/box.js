/**
 * The box of the classic editor: the findings of the story as it is saved.
 */
( function ( wp, attrlint ) {
	'use strict';
	const { createElement: el, createRoot, render, useEffect, useState } = wp.element;

	function Box( { post } ) {
		const [ answer, setAnswer ] = useState( null );
		const check = () => attrlint.check( { post } ).catch( attrlint.failed ).then( setAnswer );
		useEffect( () => void check(), [] );
		return el( attrlint.Panel, { answer, checking: ! answer, post, onChanged: check } );
	}

	const place = document.getElementById( 'attrlint-box' );
	const box = el( Box, { post: Number( place.dataset.post ) } );
	if ( createRoot ) {
		createRoot( place ).render( box );
	} else {
		render( box, place );
	}
} )( window.wp, window.attrlint );
