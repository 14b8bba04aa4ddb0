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
const INLINE = array( 'abbr', 'b', 'bdi', 'bdo', 'cite', 'code', 'data', 'del', 'em', 'font', 'i', 'ins', 'kbd', 'label', 'mark', 'q', 's', 'samp', 'small', 'span', 'strike', 'strong', 'sub', 'sup', 'time', 'tt', 'u', 'var', 'wbr' );

/** Elements whose content nobody reads. */
const HIDDEN = array( 'script', 'style', 'template', 'noscript', 'iframe', 'svg', 'object', 'textarea', 'select' );

/** Elements that tell what a paragraph is, and the element it is sent as. Quotes stay paragraphs: what they say is checked, too. */
const KINDS = array(
	'h1'         => 'h2',
	'h2'         => 'h2',
	'h3'         => 'h2',
	'h4'         => 'h2',
	'h5'         => 'h2',
	'h6'         => 'h2',
	'li'         => 'li',
	'td'         => 'td',
	'th'         => 'td',
	'figcaption' => 'figcaption',
	'caption'    => 'figcaption',
);

/** Stand in marked text where a link begins and ends. */
const LINK     = "\x01";
const LINK_END = "\x02";

/** How what is no plain letter in marked text is sent. */
const SENT = array(
	'&'      => '&amp;',
	'<'      => '&lt;',
	'>'      => '&gt;',
	"\n"     => '<br>',
	LINK     => '<a href="#">',
	LINK_END => '</a>',
);

/**
 * Returns the paragraphs of a post in the order of reading, the title first.
 *
 * @param string $title   The title, HTML without slashes.
 * @param string $content The content as it is saved, without slashes.
 * @return array<int, array{path: int[], text: string, marked: string, tag: string}> `path` are the places of the block and of
 *               those around it among their neighbours; it is empty for the title. `marked` is the text with its links
 *               marked, and `tag` the element that tells what it is.
 */
function of( string $title, string $content ): array {
	$found = array();
	$line  = new Line( $found, array(), false, 'h1' );
	$line->read( $title );
	$line->end();
	walk( parse_blocks( $content ), array(), $found, 'p' );
	return $found;
}

/**
 * Adds the paragraphs of blocks and of the blocks inside of them.
 *
 * @param array[] $blocks What parse_blocks() returns.
 * @param int[]   $path   Where the blocks stand.
 * @param array[] $found  The paragraphs so far.
 * @param string  $tag    What they are, where they do not say so.
 */
function walk( array $blocks, array $path, array &$found, string $tag ) {
	$index = 0;
	foreach ( $blocks as $block ) {
		if ( null === $block['blockName'] && '' === trim( $block['innerHTML'] ) ) {
			continue;
		}
		if ( 'core/block' === $block['blockName'] ) {
			read_pattern( $block['attrs'], array_merge( $path, array( $index ) ), $found, $tag );
		} elseif ( ! in_array( $block['blockName'], SKIPPED, true ) ) {
			read_block( $block, array_merge( $path, array( $index ) ), $found, $tag );
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
 * @param string  $tag   What they are, where they do not say so.
 */
function read_block( array $block, array $path, array &$found, string $tag ) {
	$line  = new Line( $found, $path, in_array( $block['blockName'], array( 'core/preformatted', 'core/verse' ), true ), $tag );
	$inner = 0;
	foreach ( $block['innerContent'] as $part ) {
		if ( is_string( $part ) ) {
			$line->read( null === $block['blockName'] ? wpautop( $part ) : $part );
		} else {
			$line->end();
			$inside = array();
			walk( array( $block['innerBlocks'][ $inner ] ), $path, $inside, $line->kind() );
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
 * Adds the paragraphs of a synced pattern, as readers see them in the story: all of them stand in the one block.
 *
 * @param array   $attributes Of the block: `ref` is the id of the pattern, `content` the words that the story puts into it.
 * @param int[]   $path       Where the block stands.
 * @param array[] $found      The paragraphs so far.
 * @param string  $tag        What they are, where they do not say so.
 */
function read_pattern( array $attributes, array $path, array &$found, string $tag ) {
	static $open = array();
	$id          = (int) ( $attributes['ref'] ?? 0 );
	$pattern     = $id && empty( $open[ $id ] ) ? get_post( $id ) : null;
	if ( ! $pattern || 'wp_block' !== $pattern->post_type || 'publish' !== $pattern->post_status ) {
		return;
	}
	$open[ $id ] = true; // A pattern may not stand in itself.
	$inside      = array();
	walk( overridden( parse_blocks( $pattern->post_content ), (array) ( $attributes['content'] ?? array() ) ), array(), $inside, $tag );
	unset( $open[ $id ] );
	foreach ( $inside as $paragraph ) {
		$found[] = array( 'path' => $path ) + $paragraph;
	}
}

/**
 * Returns the blocks of a pattern with the words that a story puts into it.
 *
 * @param array[] $blocks What parse_blocks() returns.
 * @param array   $words  By the names of the blocks.
 * @return array[]
 */
function overridden( array $blocks, array $words ): array {
	foreach ( $blocks as &$block ) {
		$own = $words[ $block['attrs']['metadata']['name'] ?? '' ] ?? array();
		$new = $own['content'] ?? $own['text'] ?? null;
		if ( is_string( $new ) ) {
			$block['innerContent'] = array( $new );
		}
		$block['innerBlocks'] = overridden( $block['innerBlocks'], $words );
	}
	return $blocks;
}

/**
 * Returns marked text as it is sent.
 *
 * @param string $marked Text in which links are marked.
 */
function html( string $marked ): string {
	return strtr( $marked, SENT );
}

/**
 * Returns the place in the text of a paragraph of a place in its HTML, both in UTF-16 code units.
 *
 * @param string $marked Text in which links are marked.
 * @param int    $offset A place in what html() makes of it.
 */
function place( string $marked, int $offset ): int {
	$place = 0;
	foreach ( preg_split( '/([&<>\n\x01\x02])/', $marked, -1, PREG_SPLIT_DELIM_CAPTURE ) as $piece ) {
		$length = units( html( $piece ) );
		if ( $offset < $length ) {
			return $place + ( isset( SENT[ $piece ] ) ? 0 : $offset );
		}
		$offset -= $length;
		$place  += in_array( $piece, array( LINK, LINK_END ), true ) ? 0 : units( $piece );
	}
	return $place;
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
	 * The words so far, with links marked.
	 *
	 * @var string
	 */
	private $text = '';

	/**
	 * What the paragraph is: the tag for the block, and one for each element around it that says so.
	 *
	 * @var string[]
	 */
	private $kinds;

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
	 * @param string  $tag   What the paragraphs are, where they do not say so.
	 */
	public function __construct( array &$found, array $path, bool $kept, string $tag ) {
		$this->found = &$found;
		$this->path  = $path;
		$this->kept  = $kept;
		$this->kinds = array( $tag );
	}

	/**
	 * Returns the tag for what is read now.
	 */
	public function kind(): string {
		return end( $this->kinds );
	}

	/**
	 * Reads HTML.
	 *
	 * @param string $html A stretch of it.
	 */
	public function read( string $html ) {
		foreach ( wp_html_split( $html ) as $piece ) {
			if ( preg_match( '#^<(/?)([a-z][a-z0-9-]*)#i', $piece, $tag ) ) {
				$this->tag( strtolower( $tag[2] ), '/' === $tag[1], $piece );
			} elseif ( '' === $this->hidden && 0 !== strpos( $piece, '<!' ) ) {
				$words       = str_replace( array( LINK, LINK_END ), '', html_entity_decode( $piece, ENT_QUOTES | ENT_HTML5, 'UTF-8' ) );
				$this->text .= $this->kept ? $words : preg_replace( '/[ \t\r\n\f]+/', ' ', $words );
			}
		}
	}

	/**
	 * Ends the paragraph.
	 */
	public function end() {
		$marked = wp_check_invalid_utf8( str_replace( "\0", '', $this->text ), true );
		$marked = preg_replace( '/^([\x01\x02]*)\s+|\s+([\x01\x02]*)$/D', '$1$2', $marked );
		$text   = str_replace( array( LINK, LINK_END ), '', $marked );
		if ( '' !== trim( $text ) ) {
			$this->found[] = array(
				'path'   => $this->path,
				'text'   => $text,
				'marked' => $marked,
				'tag'    => $this->kind(),
			);
		}
		$this->text = '';
	}

	/**
	 * Takes note of a tag.
	 *
	 * @param string $name   The name of the element.
	 * @param bool   $closes Whether it ends here.
	 * @param string $piece  The tag itself.
	 */
	private function tag( string $name, bool $closes, string $piece ) {
		if ( '' !== $this->hidden ) {
			$this->hidden = $closes && $name === $this->hidden ? '' : $this->hidden;
		} elseif ( ! $closes && in_array( $name, HIDDEN, true ) ) {
			$this->hidden = $name;
		} elseif ( 'br' === $name ) {
			$this->text .= "\n";
		} elseif ( 'a' === $name ) {
			$this->text .= $closes ? LINK_END : ( preg_match( '/\shref\s*=/i', $piece ) ? LINK : '' );
		} elseif ( 'img' !== $name && ! in_array( $name, INLINE, true ) ) {
			$this->end();
			$this->note( $name, $closes );
		}
	}

	/**
	 * Takes note of what the next paragraphs are.
	 *
	 * @param string $name   The name of the element.
	 * @param bool   $closes Whether it ends here.
	 */
	private function note( string $name, bool $closes ) {
		if ( ! isset( KINDS[ $name ] ) ) {
			return;
		}
		if ( ! $closes ) {
			$this->kinds[] = KINDS[ $name ];
		} elseif ( count( $this->kinds ) > 1 ) {
			array_pop( $this->kinds );
		}
	}
}
