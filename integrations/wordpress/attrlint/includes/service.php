<?php
/**
 * The one place that speaks to the service.
 *
 * @package Attrlint
 */

namespace Attrlint\Service;

use Attrlint\Settings;
use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Returns what the service finds in a text; the same text is asked about once a request.
 *
 * @param string $text    The article.
 * @param int    $timeout Seconds.
 * @return array[]|WP_Error The findings, with offsets in UTF-16 code units, or why there are none.
 */
function check( string $text, int $timeout = 15 ) {
	static $answers = array();
	$key            = md5( $text );
	if ( ! isset( $answers[ $key ] ) ) {
		$answers[ $key ] = ask( $text, $timeout );
	}
	return $answers[ $key ];
}

/**
 * Sends a text and reads the answer.
 *
 * @param string $text    The article.
 * @param int    $timeout Seconds.
 * @return array[]|WP_Error
 */
function ask( string $text, int $timeout ) {
	$headers = array( 'Content-Type' => 'application/json' );
	if ( Settings\get( 'token' ) ) {
		$headers['Authorization'] = 'Bearer ' . Settings\get( 'token' );
	}
	$order  = array(
		'text'    => $text,
		'format'  => 'html',
		'preset'  => Settings\get( 'preset' ),
		'offsets' => 'utf-16',
	);
	$answer = wp_remote_post(
		Settings\get( 'service' ) . '/v1/check',
		array(
			'timeout'     => $timeout,
			'redirection' => 0,
			'headers'     => $headers,
			'body'        => wp_json_encode( array_filter( $order ) + array( 'text' => '' ) ),
		)
	);
	if ( is_wp_error( $answer ) ) {
		$words = sprintf(
			/* translators: %s: the address of the service. */
			__( 'The source check at %s does not answer, so this story is not checked. Ask whoever runs it to start it again.', 'attrlint' ),
			Settings\get( 'service' )
		);
		return new WP_Error( 'attrlint_down', $words );
	}
	return read( wp_remote_retrieve_response_code( $answer ), json_decode( wp_remote_retrieve_body( $answer ), true ) );
}

/**
 * Reads an answer.
 *
 * @param int|string $status The HTTP status.
 * @param mixed      $body   The decoded body.
 * @return array[]|WP_Error
 */
function read( $status, $body ) {
	if ( 200 === $status && isset( $body['files'][0]['findings'] ) && is_array( $body['files'][0]['findings'] ) ) {
		return $body['files'][0]['findings'];
	}
	if ( isset( $body['title'], $body['detail'] ) && is_string( $body['title'] ) && is_string( $body['detail'] ) ) {
		/* translators: 1: what the service says went wrong, 2: what it says to do about it. */
		$words = sprintf( __( 'The source check turned this story away. %1$s: %2$s', 'attrlint' ), $body['title'], $body['detail'] );
	} else {
		/* translators: %s: an HTTP status such as 502. */
		$words = sprintf( __( 'The source check gave an answer that makes no sense (HTTP %s). Look at the address of the service in the settings.', 'attrlint' ), $status );
	}
	return new WP_Error( 'attrlint_refused', $words );
}
