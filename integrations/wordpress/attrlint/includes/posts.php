<?php
/**
 * The list of posts: a column, and a filter.
 *
 * @package Attrlint
 */

namespace Attrlint\Posts;

use Attrlint\Check;
use Attrlint\Settings;

defined( 'ABSPATH' ) || exit;

add_action( 'admin_init', __NAMESPACE__ . '\add_columns' );
add_action( 'restrict_manage_posts', __NAMESPACE__ . '\show_filter' );
add_action( 'pre_get_posts', __NAMESPACE__ . '\filter' );

/**
 * Adds the column to the lists of all types that are checked.
 */
function add_columns() {
	foreach ( array_filter( Settings\get( 'types' ), 'Attrlint\Settings\covers' ) as $type ) {
		add_filter( "manage_{$type}_posts_columns", __NAMESPACE__ . '\with_column' );
		add_action( "manage_{$type}_posts_custom_column", __NAMESPACE__ . '\show_cell', 10, 2 );
	}
}

/**
 * Returns the columns with one more.
 *
 * @param array<string, string> $columns Names and headings.
 */
function with_column( $columns ) {
	return $columns + array( 'attrlint' => __( 'Sources', 'attrlint' ) );
}

/**
 * Shows how many findings of a post are open.
 *
 * @param string $column The name of the column.
 * @param int    $id     The id of the post.
 */
function show_cell( $column, $id ) {
	if ( 'attrlint' !== $column ) {
		return;
	}
	$open = get_post_meta( $id, Check\OPEN, true );
	if ( '' === $open ) {
		esc_html_e( 'Not checked', 'attrlint' );
	} elseif ( '0' === (string) $open ) {
		esc_html_e( 'Clear', 'attrlint' );
	} else {
		/* translators: %d: how many findings. */
		printf( '<strong>%s</strong>', esc_html( sprintf( _n( '%d open', '%d open', (int) $open, 'attrlint' ), $open ) ) );
	}
}

/**
 * Returns what the list can be narrowed to.
 *
 * @return array<string, string>
 */
function choices(): array {
	return array(
		'open'      => __( 'Sources: open findings', 'attrlint' ),
		'clear'     => __( 'Sources: clear', 'attrlint' ),
		'unchecked' => __( 'Sources: not checked', 'attrlint' ),
	);
}

/**
 * Returns what the list is narrowed to, or an empty string.
 */
function chosen(): string {
	// phpcs:ignore WordPress.Security.NonceVerification -- it only narrows a list.
	$value = sanitize_key( wp_unslash( $_GET['attrlint'] ?? '' ) );
	return isset( choices()[ $value ] ) ? $value : '';
}

/**
 * Shows the filter above the list.
 *
 * @param string $type The post type.
 */
function show_filter( $type ) {
	if ( ! Settings\covers( $type ) ) {
		return;
	}
	printf( '<label class="screen-reader-text" for="attrlint-filter">%s</label>', esc_html__( 'Narrow to findings about sources', 'attrlint' ) );
	printf( '<select name="attrlint" id="attrlint-filter"><option value="">%s</option>', esc_html__( 'Sources: all', 'attrlint' ) );
	foreach ( choices() as $value => $words ) {
		printf( '<option value="%s" %s>%s</option>', esc_attr( $value ), selected( $value, chosen(), false ), esc_html( $words ) );
	}
	echo '</select>';
}

/**
 * Narrows the list.
 *
 * @param \WP_Query $query The query of the list.
 */
function filter( $query ) {
	if ( ! is_admin() || ! $query->is_main_query() || '' === chosen() ) {
		return;
	}
	$wanted = array(
		'open'      => array(
			'key'     => Check\OPEN,
			'value'   => 0,
			'compare' => '>',
			'type'    => 'NUMERIC',
		),
		'clear'     => array(
			'key'   => Check\OPEN,
			'value' => '0',
		),
		'unchecked' => array(
			'key'     => Check\OPEN,
			'compare' => 'NOT EXISTS',
		),
	);
	$query->set( 'meta_query', array( $wanted[ chosen() ] ) );
}
