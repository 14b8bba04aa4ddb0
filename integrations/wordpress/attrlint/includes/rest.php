<?php
/**
 * The REST routes that the editors call. WordPress verifies the nonce; without one nobody is logged in.
 *
 * @package Attrlint
 */

namespace Attrlint\Rest;

use Attrlint\Check;
use Attrlint\Paragraphs;
use Attrlint\Settings;
use Attrlint\Waivers;
use WP_Error;
use WP_REST_Request;
use WP_REST_Server;

defined( 'ABSPATH' ) || exit;

/** How long a reason may be, in characters. */
const LONGEST = 1000;

add_action( 'rest_api_init', __NAMESPACE__ . '\routes' );

/**
 * Registers the routes.
 */
function routes() {
	$post = array(
		'type'     => 'integer',
		'required' => true,
		'minimum'  => 1,
	);
	$word = array(
		'type'      => 'string',
		'required'  => true,
		'minLength' => 1,
		'maxLength' => LONGEST,
	);
	register_rest_route(
		'attrlint/v1',
		'/check',
		array(
			'methods'             => WP_REST_Server::CREATABLE,
			'callback'            => __NAMESPACE__ . '\check',
			'permission_callback' => __NAMESPACE__ . '\may_edit',
			'args'                => array(
				'post'    => $post,
				'title'   => array( 'type' => 'string' ),
				'content' => array( 'type' => 'string' ),
			),
		)
	);
	register_rest_route(
		'attrlint/v1',
		'/waivers',
		array(
			array(
				'methods'             => WP_REST_Server::CREATABLE,
				'callback'            => __NAMESPACE__ . '\accept',
				'permission_callback' => __NAMESPACE__ . '\may_accept',
				'args'                => array(
					'post'        => $post,
					'fingerprint' => $word,
					'reason'      => $word,
					'words'       => array( 'maxLength' => 4 * LONGEST ) + $word,
					'rule'        => $word,
				),
			),
			array(
				'methods'             => WP_REST_Server::DELETABLE,
				'callback'            => __NAMESPACE__ . '\withdraw',
				'permission_callback' => __NAMESPACE__ . '\may_accept',
				'args'                => array(
					'post'        => $post,
					'fingerprint' => $word,
				),
			),
		)
	);
}

/**
 * Tells whether the current user may edit the post of a request.
 *
 * @param WP_REST_Request $request The request.
 */
function may_edit( WP_REST_Request $request ): bool {
	return current_user_can( 'edit_post', (int) $request['post'] );
}

/**
 * Tells whether the current user may accept findings of the post of a request, or publish it without a check.
 *
 * @param WP_REST_Request $request The request.
 */
function may_accept( WP_REST_Request $request ): bool {
	$unchecked = 0 === strpos( (string) $request['fingerprint'], 'unchecked-' );
	return Waivers\may( (int) $request['post'] ) && ( ! $unchecked || Settings\may_override() );
}

/**
 * Answers with the findings in the words of a request or, where it has none, in the post as it is saved.
 *
 * @param WP_REST_Request $request The request.
 */
function check( WP_REST_Request $request ): array {
	$post    = get_post( (int) $request['post'] );
	$title   = $request['title'] ?? $post->post_title;
	$content = $request['content'] ?? $post->post_content;
	$found   = Check\findings( $post->ID, $title, $content );
	$down    = is_wp_error( $found );
	if ( ! $down && $title === $post->post_title && $content === $post->post_content ) {
		Check\remember( $post, $found );
	}
	$key = Waivers\unchecked( Check\article( Paragraphs\of( $title, $content ) ) );
	return array(
		'title'     => Paragraphs\of( $title, '' )[0]['text'] ?? '',
		'findings'  => $down ? array() : $found,
		'problem'   => $down ? $found->get_error_message() : '',
		'unchecked' => $key,
		'allowed'   => isset( Waivers\of( $post->ID )[ $key ] ),
		'open'      => $down ? 0 : count( Check\open( $found ) ),
		'holds'     => Settings\holds(),
		'accepts'   => Waivers\may( $post->ID ),
		'overrides' => Waivers\may( $post->ID ) && Settings\may_override(),
	);
}

/**
 * Accepts a finding.
 *
 * @param WP_REST_Request $request The request.
 * @return array|WP_Error
 */
function accept( WP_REST_Request $request ) {
	$reason = trim( $request['reason'] ); // As it was written: whoever shows it shows it as text.
	if ( '' === $reason ) {
		return new WP_Error( 'attrlint_reason', __( 'Say why the finding is accepted.', 'attrlint' ), array( 'status' => 400 ) );
	}
	Waivers\add( (int) $request['post'], $request['fingerprint'], $request['words'], $request['rule'], $reason );
	return Waivers\shown( Waivers\of( (int) $request['post'] )[ $request['fingerprint'] ] );
}

/**
 * Withdraws a waiver.
 *
 * @param WP_REST_Request $request The request.
 */
function withdraw( WP_REST_Request $request ): bool {
	Waivers\withdraw( (int) $request['post'], $request['fingerprint'] );
	return true;
}
