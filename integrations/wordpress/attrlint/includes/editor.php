<?php
/**
 * What the two editors load.
 *
 * @package Attrlint
 */

namespace Attrlint\Editor;

use Attrlint\Settings;
use const Attrlint\FILE;
use const Attrlint\VERSION;

defined( 'ABSPATH' ) || exit;

add_action( 'admin_enqueue_scripts', __NAMESPACE__ . '\register_scripts', 1 );
add_action( 'enqueue_block_editor_assets', __NAMESPACE__ . '\load_block_editor' );
add_action( 'enqueue_block_assets', __NAMESPACE__ . '\load_marks' );
add_action( 'add_meta_boxes', __NAMESPACE__ . '\add_box' );

/**
 * Registers the scripts of all screens: plain ones, as they are in the folder.
 */
function register_scripts() {
	$scripts = array(
		'panel'  => array( 'wp-element', 'wp-components', 'wp-api-fetch', 'wp-i18n' ),
		'places' => array( 'wp-blocks', 'wp-rich-text' ),
		'editor' => array( 'attrlint-panel', 'attrlint-places', 'wp-plugins', 'wp-editor', 'wp-edit-post', 'wp-data', 'wp-annotations', 'wp-block-editor' ),
		'box'    => array( 'attrlint-panel' ),
		'bulk'   => array( 'wp-api-fetch', 'wp-i18n' ),
	);
	foreach ( $scripts as $name => $needs ) {
		wp_register_script( "attrlint-$name", plugins_url( "assets/$name.js", FILE ), $needs, VERSION, true );
		wp_set_script_translations( "attrlint-$name", 'attrlint', dirname( FILE ) . '/languages' );
	}
	wp_register_style( 'attrlint-panel', plugins_url( 'assets/panel.css', FILE ), array( 'wp-components' ), VERSION );
}

/**
 * Loads the panel into the block editor.
 */
function load_block_editor() {
	if ( Settings\covers( (string) get_post_type() ) ) {
		register_scripts();
		wp_enqueue_script( 'attrlint-editor' );
		wp_enqueue_style( 'attrlint-panel' );
	}
}

/**
 * Loads the look of marked words, also into the frame in which the words stand.
 */
function load_marks() {
	if ( is_admin() && Settings\covers( (string) get_post_type() ) ) {
		wp_enqueue_style( 'attrlint-marks', plugins_url( 'assets/marks.css', FILE ), array(), VERSION );
	}
}

/**
 * Adds a box with the panel to the classic editor.
 *
 * @param string $type The post type.
 */
function add_box( $type ) {
	if ( Settings\covers( (string) $type ) ) {
		// The block editor has the panel already.
		$options = array( '__back_compat_meta_box' => true );
		add_meta_box( 'attrlint', __( 'Source attribution', 'attrlint' ), __NAMESPACE__ . '\show_box', $type, 'normal', 'high', $options );
	}
}

/**
 * Shows the box.
 *
 * @param \WP_Post $post The post.
 */
function show_box( $post ) {
	if ( 'auto-draft' === $post->post_status ) {
		echo '<p>' . esc_html__( 'Save the story to have its sources checked.', 'attrlint' ) . '</p>';
		return;
	}
	wp_enqueue_script( 'attrlint-box' );
	wp_enqueue_style( 'attrlint-panel' );
	printf( '<div id="attrlint-box" data-post="%d"></div>', (int) $post->ID );
}
