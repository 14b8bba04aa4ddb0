<?php
/**
 * Removes what the plugin has saved, on every site of a network.
 *
 * @package Attrlint
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/**
 * Removes the data of the current site.
 */
function attrlint_remove_data() {
	global $wpdb;
	delete_option( 'attrlint' );
	delete_option( 'attrlint_version' );
	foreach ( array( '_attrlint_waiver', '_attrlint_open', '_attrlint_checked' ) as $key ) {
		delete_post_meta_by_key( $key );
	}
	// phpcs:disable WordPress.DB -- a table of our own, and transients that have no other list.
	$wpdb->query( "DROP TABLE IF EXISTS {$wpdb->prefix}attrlint_log" );
	$wpdb->query( "DELETE FROM {$wpdb->options} WHERE option_name LIKE '\_transient\_attrlint\_held\_%' OR option_name LIKE '\_transient\_timeout\_attrlint\_held\_%'" );
	// phpcs:enable
}

if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $attrlint_site ) {
		switch_to_blog( $attrlint_site );
		attrlint_remove_data();
		restore_current_blog();
	}
} else {
	attrlint_remove_data();
}
