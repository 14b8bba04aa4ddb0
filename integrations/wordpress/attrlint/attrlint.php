<?php
/**
 * Plugin Name:       attrlint – source attribution
 * Description:       Warns, or stops, before a story is published in which the reader cannot know who is speaking.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       attrlint
 * Domain Path:       /languages
 *
 * This program is free software; you can redistribute it and/or modify it under the terms of the GNU General Public
 * License as published by the Free Software Foundation; either version 2 of the License, or (at your option) any later
 * version. It is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; without even the implied
 * warranty of MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See the GNU General Public License for more details.
 *
 * @package Attrlint
 */

namespace Attrlint;

defined( 'ABSPATH' ) || exit;

const VERSION = '0.1.0';
const FILE    = __FILE__;

foreach ( array( 'settings', 'paragraphs', 'service', 'waivers', 'check', 'log', 'gate', 'rest', 'editor', 'posts', 'bulk' ) as $attrlint_part ) {
	require_once __DIR__ . '/includes/' . $attrlint_part . '.php';
}
unset( $attrlint_part );

add_action(
	'init',
	function () {
		load_plugin_textdomain( 'attrlint', false, dirname( plugin_basename( __FILE__ ) ) . '/languages' );
	}
);
