<?php
/**
 * Findings that somebody has accepted, each with the reason: one row of post meta a waiver, so that two editors at once
 * do not overwrite each other.
 *
 * @package Attrlint
 */

namespace Attrlint\Waivers;

use Attrlint\Log;
use Attrlint\Settings;

defined( 'ABSPATH' ) || exit;

/** A protected key: neither the REST API nor XML-RPC nor the box of custom fields writes it. */
const META = '_attrlint_waiver';

/**
 * Returns the waivers of a post by the fingerprints of their findings.
 *
 * @param int $post The id of the post.
 * @return array<string, array{fingerprint: string, words: string, rule: string, reason: string, user: int, time: int}>
 */
function of( int $post ): array {
	$found = array();
	foreach ( $post ? get_post_meta( $post, META ) : array() as $waiver ) {
		if ( is_array( $waiver ) && isset( $waiver['fingerprint'] ) ) {
			$found[ $waiver['fingerprint'] ] = $waiver;
		}
	}
	return $found;
}

/**
 * Tells whether the current user may accept findings of a post.
 *
 * @param int $post The id of the post.
 */
function may( int $post ): bool {
	return current_user_can( 'edit_post', $post ) && ( 'block' !== Settings\get( 'mode' ) || Settings\may_override() );
}

/**
 * Returns the key under which publishing without a check is accepted, for these words of the post alone.
 *
 * @param string $text The article.
 */
function unchecked( string $text ): string {
	return 'unchecked-' . md5( $text );
}

/**
 * Accepts a finding.
 *
 * @param int    $post        The id of the post.
 * @param string $fingerprint Which finding.
 * @param string $words       The words it is about.
 * @param string $rule        The rule that objects.
 * @param string $reason      Why it is accepted.
 */
function add( int $post, string $fingerprint, string $words, string $rule, string $reason ) {
	drop( $post, $fingerprint );
	$waiver = array(
		'fingerprint' => $fingerprint,
		'words'       => $words,
		'rule'        => $rule,
		'reason'      => $reason,
		'user'        => get_current_user_id(),
		'time'        => time(),
	);
	add_post_meta( $post, META, wp_slash( $waiver ) );
	Log\add( $post, 0 === strpos( $fingerprint, 'unchecked-' ) ? 'unchecked' : 'accepted', $rule, $words, $reason );
}

/**
 * Withdraws a waiver.
 *
 * @param int    $post        The id of the post.
 * @param string $fingerprint Which finding.
 */
function withdraw( int $post, string $fingerprint ) {
	$waiver = of( $post )[ $fingerprint ] ?? null;
	if ( $waiver ) {
		drop( $post, $fingerprint );
		Log\add( $post, 'withdrawn', $waiver['rule'], $waiver['words'], $waiver['reason'] );
	}
}

/**
 * Deletes the rows of a waiver.
 *
 * @param int    $post        The id of the post.
 * @param string $fingerprint Which finding.
 */
function drop( int $post, string $fingerprint ) {
	foreach ( get_post_meta( $post, META ) as $waiver ) {
		if ( is_array( $waiver ) && ( $waiver['fingerprint'] ?? '' ) === $fingerprint ) {
			delete_post_meta( $post, META, wp_slash( $waiver ) );
		}
	}
}

/**
 * Returns a waiver as it is shown: who, when and why.
 *
 * @param array $waiver One of what of() returns.
 * @return array{reason: string, by: string, on: string}
 */
function shown( array $waiver ): array {
	$user = get_userdata( $waiver['user'] );
	return array(
		'reason' => $waiver['reason'],
		'by'     => $user ? $user->display_name : __( 'somebody who has left', 'attrlint' ),
		'on'     => wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $waiver['time'] ),
	);
}
