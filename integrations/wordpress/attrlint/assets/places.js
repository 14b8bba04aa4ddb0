/**
 * From a finding to the place of its words in the block editor. All offsets count UTF-16 code units, as JavaScript does.
 *
 * The server names the block by its path, and the paragraph by its words. Both sides agree on every character but white
 * space, which browsers add and drop: so an offset is carried over by counting the other characters before it.
 */
( function ( wp ) {
	'use strict';

	const bare = ( text ) => text.replace( /\s/g, '' );

	/** Returns the offset in `to` before which as many characters stand as before `offset` in `from`. */
	function carry( from, to, offset ) {
		let left = bare( from.slice( 0, offset ) ).length;
		for ( let at = 0; at < to.length; at++ ) {
			if ( /\s/.test( to[ at ] ) ) {
				continue;
			}
			if ( left-- === 0 ) {
				return at;
			}
		}
		return to.length;
	}

	/** Returns where the words of a finding stand in a text that has the same characters as its paragraph. */
	function range( finding, text ) {
		const { paragraph, start, end } = finding;
		return { start: carry( paragraph, text, start ), end: carry( paragraph, text, end - 1 ) + 1 };
	}

	/** Returns the block at a path, or undefined. */
	function blockAt( blocks, path ) {
		return path.reduce( ( found, index, depth ) => ( depth ? found && found.innerBlocks : blocks )?.[ index ], undefined );
	}

	function textOf( value, schema ) {
		if ( value && typeof value === 'object' && typeof value.text === 'string' ) {
			return value.text;
		}
		const preserveWhiteSpace = !! schema.__unstablePreserveWhiteSpace;
		return wp.richText.create( { html: String( value ), preserveWhiteSpace } ).text;
	}

	const isRich = ( schema ) => [ 'html', 'rich-text' ].includes( schema.source );

	/** Returns the rich texts of a block by the identifiers that its editor gives them. */
	function richTexts( block ) {
		const { attributes } = wp.blocks.getBlockType( block.name ) || { attributes: {} };
		return Object.entries( attributes )
			.filter( ( [ name, schema ] ) => isRich( schema ) && block.attributes[ name ] )
			.map( ( [ identifier, schema ] ) => ( { identifier, text: textOf( block.attributes[ identifier ], schema ) } ) );
	}

	/**
	 * Returns where a finding stands: the block and, where it can be told, the rich text and the range in it.
	 */
	function placeOf( finding, blocks ) {
		const block = blockAt( blocks, finding.path );
		if ( ! block ) {
			return null;
		}
		const wanted = bare( finding.paragraph );
		const rich = richTexts( block ).find( ( one ) => bare( one.text ) === wanted );
		return rich
			? { clientId: block.clientId, identifier: rich.identifier, ...range( finding, rich.text ) }
			: { clientId: block.clientId };
	}

	/** Returns the element of a block, which may stand in a frame. */
	function elementOf( clientId ) {
		const frame = document.querySelector( 'iframe[name="editor-canvas"]' );
		return ( frame?.contentDocument || document ).querySelector( `[data-block="${ clientId }"]` );
	}

	/**
	 * Returns the DOM range of a finding in one of the editable elements of a block, such as a cell of a table, or null.
	 */
	function domRange( finding, element ) {
		const wanted = bare( finding.paragraph );
		const host = [ ...element.querySelectorAll( '[contenteditable]' ) ].find( ( one ) => bare( one.textContent ) === wanted );
		if ( ! host ) {
			return null;
		}
		const found = host.ownerDocument.createRange();
		const { start, end } = range( finding, host.textContent );
		const nodes = host.ownerDocument.createTreeWalker( host, 4 /* text */ );
		for ( let before = 0, node = nodes.nextNode(); node; before += node.length, node = nodes.nextNode() ) {
			if ( start >= before && start < before + node.length ) {
				found.setStart( node, start - before );
			}
			if ( end > before && end <= before + node.length ) {
				found.setEnd( node, end - before );
			}
		}
		return found;
	}

	window.attrlint = { ...window.attrlint, placeOf, elementOf, domRange };
} )( window.wp );
