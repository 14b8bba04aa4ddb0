<?php
/**
 * A post as the paragraphs that its readers see, each with the block it stands in.
 *
 * @package Attrlint
 */

namespace Attrlint\Paragraphs;

defined( 'ABSPATH' ) || exit;

/** Blocks whose words are no prose. */
const SKIPPED = array( 'core/code', 'core/shortcode' );

/** Elements that stand inside of a line; all others end a paragraph. */
const INLINE = array( 'a', 'abbr', 'b', 'bdi', 'bdo', 'cite', 'code', 'data', 'del', 'em', 'font', 'i', 'ins', 'kbd', 'label', 'mark', 'q', 's', 'samp', 'small', 'span', 'strike', 'strong', 'sub', 'sup', 'time', 'tt', 'u', 'var', 'wbr' );

/** Elements whose content nobody reads. */
const HIDDEN = array( 'script', 'style', 'template', 'noscript', 'iframe', 'svg', 'object', 'textarea', 'select' );

/**
 * Returns the paragraphs of a post in the order of reading, the title first.
 *
 * @param string $title   The title, HTML without slashes.
 * @param string $content The content as it is saved, without slashes.
 * @return array<int, array{path: int[], text: string}> `path` are the places of the block and of those around it among
 *                                                      their neighbours; it is empty for the title.
 */
function of( string $title, string $content ): array {
	$found = array();
	$line  = new Line( $found, array(), false );
	$line->read( $title );
	$line->end();
	walk( parse_blocks( $content ), array(), $found );
	return $found;
}

/**
 * Adds the paragraphs of blocks and of the blocks inside of them.
 *
 * @param array[] $blocks What parse_blocks() returns.
 * @param int[]   $path   Where the blocks stand.
 * @param array[] $found  The paragraphs so far.
 */
function walk( array $blocks, array $path, array &$found ) {
	$index = 0;
	foreach ( $blocks as $block ) {
		if ( null === $block['blockName'] && '' === trim( $block['innerHTML'] ) ) {
			continue;
		}
		if ( ! in_array( $block['blockName'], SKIPPED, true ) ) {
			read_block( $block, array_merge( $path, array( $index ) ), $found );
		}
		++$index;
	}
}

/**
 * Adds the paragraphs of one block.
 *
 * @param array   $block One of what parse_blocks() returns.
 * @param int[]   $path  Where it stands.
 * @param array[] $found The paragraphs so far.
 */
function read_block( array $block, array $path, array &$found ) {
	$line  = new Line( $found, $path, in_array( $block['blockName'], array( 'core/preformatted', 'core/verse' ), true ) );
	$inner = 0;
	foreach ( $block['innerContent'] as $part ) {
		if ( is_string( $part ) ) {
			$line->read( null === $block['blockName'] ? wpautop( $part ) : $part );
		} else {
			$line->end();
			$inside = array();
			walk( array( $block['innerBlocks'][ $inner ] ), $path, $inside );
			foreach ( $inside as $paragraph ) {
				// It was walked alone: its place among its neighbours is known here.
				$paragraph['path'][ count( $path ) ] = $inner;
				$found[]                             = $paragraph;
			}
			++$inner;
		}
	}
	$line->end();
}

/**
 * Returns how many UTF-16 code units a text has, in which browsers count.
 *
 * @param string $text UTF-8.
 */
function units( string $text ): int {
	return mb_strlen( $text, 'UTF-8' ) + preg_match_all( '/[\xF0-\xF4]/', $text );
}

/**
 * The paragraph that is being read.
 */
class Line {
	/**
	 * The paragraphs so far.
	 *
	 * @var array[]
	 */
	private $found;

	/**
	 * Where the block stands.
	 *
	 * @var int[]
	 */
	private $path;

	/**
	 * Whether line ends and spaces count.
	 *
	 * @var bool
	 */
	private $kept;

	/**
	 * The words so far.
	 *
	 * @var string
	 */
	private $text = '';

	/**
	 * The element whose content is passed over.
	 *
	 * @var string
	 */
	private $hidden = '';

	/**
	 * Begins to read a block.
	 *
	 * @param array[] $found The paragraphs so far.
	 * @param int[]   $path  Where the block stands.
	 * @param bool    $kept  Whether line ends and spaces count.
	 */
	public function __construct( array &$found, array $path, bool $kept ) {
		$this->found = &$found;
		$this->path  = $path;
		$this->kept  = $kept;
	}

	/**
	 * Reads HTML.
	 *
	 * @param string $html A stretch of it.
	 */
	public function read( string $html ) {
		foreach ( wp_html_split( $html ) as $piece ) {
			if ( preg_match( '#^<(/?)([a-z][a-z0-9-]*)#i', $piece, $tag ) ) {
				$this->tag( strtolower( $tag[2] ), '/' === $tag[1] );
			} elseif ( '' === $this->hidden && 0 !== strpos( $piece, '<!' ) ) {
				$words       = html_entity_decode( $piece, ENT_QUOTES | ENT_HTML5, 'UTF-8' );
				$this->text .= $this->kept ? $words : preg_replace( '/[ \t\r\n\f]+/', ' ', $words );
			}
		}
	}

	/**
	 * Ends the paragraph.
	 */
	public function end() {
		$text = trim( wp_check_invalid_utf8( str_replace( "\0", '', $this->text ), true ) );
		if ( '' !== $text ) {
			$this->found[] = array(
				'path' => $this->path,
				'text' => $text,
			);
		}
		$this->text = '';
	}

	/**
	 * Takes note of a tag.
	 *
	 * @param string $name   The name of the element.
	 * @param bool   $closes Whether it ends here.
	 */
	private function tag( string $name, bool $closes ) {
		if ( '' !== $this->hidden ) {
			$this->hidden = $closes && $name === $this->hidden ? '' : $this->hidden;
		} elseif ( ! $closes && in_array( $name, HIDDEN, true ) ) {
			$this->hidden = $name;
		} elseif ( 'br' === $name ) {
			$this->text .= "\n";
		} elseif ( 'img' !== $name && ! in_array( $name, INLINE, true ) ) {
			$this->end();
		}
	}
}
