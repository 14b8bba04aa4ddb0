<?php
/**
 * The gate: whichever way a post is published, its findings are looked at here.
 *
 * The REST API is refused with an error, and its client keeps the words. Every other way saves them: what was not
 * published stays a draft, and a change to what is published becomes an autosave of the person who made it.
 *
 * @package Attrlint
 */

namespace Attrlint\Gate;

use Attrlint\Check;
use Attrlint\Log;
use Attrlint\Paragraphs;
use Attrlint\Settings;
use Attrlint\Waivers;
use WP_Error;

defined( 'ABSPATH' ) || exit;

const PUBLISHED = array( 'publish', 'future' );

add_action( 'init', __NAMESPACE__ . '\watch_rest', 99 );
add_filter( 'wp_insert_post_data', __NAMESPACE__ . '\hold', 99, 2 );
add_action( 'wp_insert_post', __NAMESPACE__ . '\tell', 999, 1 );
add_action( 'publish_future_post', __NAMESPACE__ . '\before_its_time', 5 );
add_action( 'transition_post_status', __NAMESPACE__ . '\take_back', 0, 3 );
add_filter( 'redirect_post_location', __NAMESPACE__ . '\say_so', 10, 2 );
add_action( 'admin_notices', __NAMESPACE__ . '\show_notice' );

/**
 * Returns why a post may not be published with these words, or null where it may.
 *
 * @param int    $post    The id of the post; 0 for a new one.
 * @param string $title   Without slashes.
 * @param string $content Without slashes.
 */
function refusal( int $post, string $title, string $content ): ?WP_Error {
	if ( ! Settings\holds() ) {
		return null;
	}
	$found = Check\findings( $post, $title, $content );
	if ( is_wp_error( $found ) ) {
		$key = Waivers\unchecked( Check\article( Paragraphs\of( $title, $content ) ) );
		if ( isset( Waivers\of( $post )[ $key ] ) ) {
			return null;
		}
		return new WP_Error( 'attrlint_unchecked', $found->get_error_message(), array( 'status' => 503 ) );
	}
	$open = count( Check\open( $found ) );
	if ( ! $open ) {
		return null;
	}
	$words = sprintf(
		/* translators: %d: how many findings. */
		_n(
			'Not published: in %d place the reader cannot know who is speaking. Name the source, or accept the finding with a reason.',
			'Not published: in %d places the reader cannot know who is speaking. Name the sources, or accept the findings with a reason.',
			$open,
			'attrlint'
		),
		$open
	);
	return new WP_Error( 'attrlint_open', $words, array( 'status' => 422 ) );
}

/**
 * Looks at what comes through the REST API.
 */
function watch_rest() {
	foreach ( Settings\get( 'types' ) as $type ) {
		add_filter( "rest_pre_insert_$type", __NAMESPACE__ . '\refuse_rest' );
	}
}

/**
 * Refuses a REST request that would publish a post with open findings.
 *
 * @param object|WP_Error $prepared The post as it is about to be saved: only what the request changes.
 * @return object|WP_Error
 */
function refuse_rest( $prepared ) {
	if ( is_wp_error( $prepared ) ) {
		return $prepared;
	}
	$before = isset( $prepared->ID ) ? get_post( $prepared->ID ) : null;
	$after  = array();
	foreach ( array( 'post_type', 'post_status', 'post_title', 'post_content' ) as $field ) {
		$after[ $field ] = $prepared->$field ?? ( $before ? $before->$field : '' );
	}
	return concerns( $after, $before ) ? refusal( $before->ID ?? 0, $after['post_title'], $after['post_content'] ) ?? $prepared : $prepared;
}

/**
 * Tells whether words are about to be published that were not published before.
 *
 * @param array         $after  The fields of the post as it will be, without slashes.
 * @param \WP_Post|null $before The post as it is.
 */
function concerns( array $after, $before ): bool {
	if ( ! in_array( $after['post_status'], PUBLISHED, true ) || ! Settings\covers( $after['post_type'] ) ) {
		return false;
	}
	return ! is_live( $before ) || $before->post_title !== $after['post_title'] || $before->post_content !== $after['post_content'];
}

/**
 * Tells whether a post is before its readers.
 *
 * @param \WP_Post|null $post The post.
 */
function is_live( $post ): bool {
	return $post && 'publish' === $post->post_status;
}

/**
 * Holds back a post on its way into the database, and keeps its words.
 *
 * @param array $data    The fields, with slashes.
 * @param array $postarr What was asked for, with slashes.
 */
function hold( $data, $postarr ) {
	$before = empty( $postarr['ID'] ) ? null : get_post( $postarr['ID'] );
	$after  = wp_unslash( $data );
	// An import brings what was published elsewhere.
	if ( ! concerns( $after, $before ) || ( defined( 'WP_IMPORTING' ) && WP_IMPORTING ) ) {
		return $data;
	}
	$refusal = refusal( $before->ID ?? 0, $after['post_title'], $after['post_content'] );
	if ( ! $refusal ) {
		return $data;
	}
	held( $refusal->get_error_message() );
	if ( is_live( $before ) ) {
		keep_as_autosave( $before, $after );
		foreach ( array( 'post_status', 'post_title', 'post_content', 'post_excerpt', 'post_date', 'post_date_gmt', 'post_modified', 'post_modified_gmt' ) as $field ) {
			$data[ $field ] = wp_slash( $before->$field );
		}
	} else {
		$as_it_was           = $before && in_array( $before->post_status, array( 'draft', 'pending', 'private' ), true );
		$data['post_status'] = $as_it_was ? $before->post_status : 'draft';
	}
	return $data;
}

/**
 * Keeps the words of a change that was refused.
 *
 * @param \WP_Post $post  The post as it stays.
 * @param array    $after The fields as they were to be, without slashes.
 */
function keep_as_autosave( $post, array $after ) {
	$old = wp_get_post_autosave( $post->ID, get_current_user_id() );
	if ( $old ) {
		wp_delete_post_revision( $old->ID );
	}
	_wp_put_post_revision( array( 'ID' => $post->ID ) + $after, true );
}

/**
 * Remembers that a post was held back in this request, and why.
 *
 * @param string|null $words What to tell; null to ask.
 * @return string The words, empty where nothing was held back.
 */
function held( ?string $words = null ): string {
	static $told = '';
	$told        = $words ?? $told;
	return $told;
}

/**
 * Tells whoever published that the post was held back, once it is saved.
 *
 * @param int $id The id of the post.
 */
function tell( $id ) {
	if ( '' === held() || ! Settings\covers( get_post_type( $id ) ) ) {
		return;
	}
	$words = held() . ' ' . (
		is_live( get_post( $id ) )
		? __( 'The story that readers see has not changed; your version is kept as an autosave.', 'attrlint' )
		: __( 'The story is saved, and stays unpublished.', 'attrlint' )
	);
	if ( get_current_user_id() ) {
		set_transient( 'attrlint_held_' . get_current_user_id(), $words, HOUR_IN_SECONDS );
	}
	// These two would report success: both show what a request dies of.
	// phpcs:ignore WordPress.Security.NonceVerification -- WordPress has verified it before it saved.
	$is_quick_edit = wp_doing_ajax() && 'inline-save' === ( $_POST['action'] ?? '' );
	if ( $is_quick_edit || ( defined( 'XMLRPC_REQUEST' ) && XMLRPC_REQUEST ) ) {
		wp_die( esc_html( $words ), '', array( 'response' => $is_quick_edit ? 200 : 422 ) );
	}
}

/**
 * Looks again at a scheduled post before it goes out: rules and waivers may have changed since.
 *
 * @param int $id The id of the post.
 */
function before_its_time( $id ) {
	$post = get_post( $id );
	if ( ! $post || 'future' !== $post->post_status || ! Settings\covers( $post->post_type ) ) {
		return;
	}
	$refusal = refusal( $post->ID, $post->post_title, $post->post_content );
	if ( $refusal ) {
		unpublish( $post->ID, $refusal );
	}
}

/**
 * Takes back what was published past WordPress’s own saving, as wp_publish_post() does.
 *
 * @param string   $to   The new status.
 * @param string   $from The old one.
 * @param \WP_Post $post The post.
 */
function take_back( $to, $from, $post ) {
	if ( 'publish' !== $to || 'publish' === $from || ! Settings\covers( $post->post_type ) ) {
		return;
	}
	$refusal = defined( 'WP_IMPORTING' ) && WP_IMPORTING ? null : refusal( $post->ID, $post->post_title, $post->post_content );
	if ( $refusal ) {
		unpublish( $post->ID, $refusal );
	}
}

/**
 * Makes a draft of a post, and notes it.
 *
 * @param int      $id      The id of the post.
 * @param WP_Error $refusal Why.
 */
function unpublish( int $id, WP_Error $refusal ) {
	held( $refusal->get_error_message() );
	wp_update_post(
		array(
			'ID'          => $id,
			'post_status' => 'draft',
		)
	);
	Log\add( $id, 'held', '', '', $refusal->get_error_message() );
}

/**
 * Keeps the classic editor from saying that the post was published.
 *
 * @param string $location Where the browser is sent.
 * @param int    $id       The id of the post.
 */
function say_so( $location, $id ) {
	if ( '' === held() ) {
		return $location;
	}
	return is_live( get_post( $id ) ) ? remove_query_arg( 'message', $location ) : add_query_arg( 'message', 10, $location );
}

/**
 * Shows once why a post was held back.
 */
function show_notice() {
	$key   = 'attrlint_held_' . get_current_user_id();
	$words = get_transient( $key );
	if ( $words ) {
		delete_transient( $key );
		printf( '<div class="notice notice-error"><p>%s</p></div>', esc_html( $words ) );
	}
}
