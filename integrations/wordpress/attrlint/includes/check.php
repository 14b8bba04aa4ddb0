<?php
/**
 * What is found in a post, and what of it is still open.
 *
 * @package Attrlint
 */

namespace Attrlint\Check;

use Attrlint\Paragraphs;
use Attrlint\Service;
use Attrlint\Waivers;
use WP_Error;
use WP_Post;

defined( 'ABSPATH' ) || exit;

/** How many open findings a post had when it was last checked as it is saved. */
const OPEN = '_attrlint_open';

/** For which words that was. */
const CHECKED = '_attrlint_checked';

add_action( 'save_post', __NAMESPACE__ . '\forget', 10, 2 );

/**
 * Returns a post as the service gets it: HTML that has nothing but the words, what each paragraph is, and its links.
 *
 * @param array[] $paragraphs What Paragraphs\of() returns.
 */
function article( array $paragraphs ): string {
	$html = '';
	foreach ( $paragraphs as $one ) {
		$html .= "<$one[tag]>" . Paragraphs\html( $one['marked'] ) . "</$one[tag]>";
	}
	return $html;
}

/**
 * Checks words that are, or are about to be, those of a post.
 *
 * @param int    $post    The id of the post, whose waivers hold; 0 for a new one.
 * @param string $title   Without slashes.
 * @param string $content Without slashes.
 * @return array[]|WP_Error The findings in the order of the text, or why there are none.
 */
function findings( int $post, string $title, string $content ) {
	$paragraphs = Paragraphs\of( $title, $content );
	$answer     = $paragraphs ? Service\check( article( $paragraphs ) ) : array();
	if ( is_wp_error( $answer ) ) {
		return $answer;
	}
	$waivers = Waivers\of( $post );
	$starts  = starts( $paragraphs );
	$found   = array();
	foreach ( $answer as $finding ) {
		$index   = which( $starts, (int) $finding['start_utf16'] );
		$marked  = $paragraphs[ $index ]['marked'];
		$waiver  = $waivers[ $finding['fingerprint'] ] ?? null;
		$found[] = array(
			'fingerprint' => (string) $finding['fingerprint'],
			'rule'        => (string) $finding['rule'],
			'severity'    => (string) $finding['severity'],
			'message'     => (string) $finding['message'],
			'words'       => (string) $finding['text'],
			'sentence'    => (string) ( $finding['remedy']['sentence'] ?? '' ),
			'help'        => esc_url_raw( (string) ( $finding['help'] ?? '' ), array( 'http', 'https' ) ),
			'index'       => $index,
			'path'        => $paragraphs[ $index ]['path'],
			'paragraph'   => $paragraphs[ $index ]['text'],
			'start'       => Paragraphs\place( $marked, $finding['start_utf16'] - $starts[ $index ] ),
			'end'         => Paragraphs\place( $marked, $finding['end_utf16'] - $starts[ $index ] ),
			'waiver'      => $waiver ? Waivers\shown( $waiver ) : null,
		);
	}
	return $found;
}

/**
 * Returns where the words of each paragraph begin in what article() makes of them, in UTF-16 code units.
 *
 * @param array[] $paragraphs What Paragraphs\of() returns.
 * @return int[]
 */
function starts( array $paragraphs ): array {
	$starts = array();
	$next   = 0;
	foreach ( $paragraphs as $one ) {
		$starts[] = $next + strlen( "<$one[tag]>" );
		$next    += Paragraphs\units( article( array( $one ) ) );
	}
	return $starts;
}

/**
 * Returns the number of the paragraph in which an offset lies.
 *
 * @param int[] $starts What starts() returns.
 * @param int   $offset In UTF-16 code units.
 */
function which( array $starts, int $offset ): int {
	$index = 0;
	while ( isset( $starts[ $index + 1 ] ) && $starts[ $index + 1 ] <= $offset ) {
		++$index;
	}
	return $index;
}

/**
 * Returns the findings that stand in the way of publishing: notes do not, nor does what was accepted.
 *
 * @param array[] $findings What findings() returns.
 * @return array[]
 */
function open( array $findings ): array {
	return array_values(
		array_filter(
			$findings,
			function ( $finding ) {
				return 'note' !== $finding['severity'] && ! $finding['waiver'];
			}
		)
	);
}

/**
 * Remembers what was found in a post as it is saved, for the list of posts.
 *
 * @param WP_Post $post     The post.
 * @param array[] $findings What findings() returns.
 */
function remember( WP_Post $post, array $findings ) {
	update_post_meta( $post->ID, OPEN, count( open( $findings ) ) );
	update_post_meta( $post->ID, CHECKED, mark( $post ) );
}

/**
 * Forgets what was found once the words of a post have changed.
 *
 * @param int     $id   The id of the post.
 * @param WP_Post $post The post.
 */
function forget( $id, $post ) {
	if ( get_post_meta( $id, CHECKED, true ) !== mark( $post ) ) {
		delete_post_meta( $id, OPEN );
		delete_post_meta( $id, CHECKED );
	}
}

/**
 * Returns what tells the words of a post from other words.
 *
 * @param WP_Post $post The post.
 */
function mark( WP_Post $post ): string {
	return md5( $post->post_title . "\n" . $post->post_content );
}
