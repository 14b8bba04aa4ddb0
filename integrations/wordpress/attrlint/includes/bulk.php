<?php
/**
 * The screen that checks many posts, one request each, so that no request takes long.
 *
 * @package Attrlint
 */

namespace Attrlint\Bulk;

use Attrlint\Log;
use Attrlint\Settings;

defined( 'ABSPATH' ) || exit;

add_action( 'admin_menu', __NAMESPACE__ . '\add_page' );

/**
 * Adds the page to the menu.
 */
function add_page() {
	$name = __( 'Source attribution check', 'attrlint' );
	add_management_page( $name, $name, Log\READER, 'attrlint-check', __NAMESPACE__ . '\page' );
}

/**
 * Returns the ids of the posts that the current user can check, the newest first.
 *
 * @return int[]
 */
function stories(): array {
	$query = array(
		'post_type'      => array_filter( Settings\get( 'types' ), 'Attrlint\Settings\covers' ),
		'post_status'    => array( 'publish', 'future', 'pending', 'draft', 'private' ),
		'posts_per_page' => -1,
		'fields'         => 'ids',
	);
	$ids   = $query['post_type'] ? get_posts( $query ) : array();
	return array_values(
		array_filter(
			$ids,
			function ( $id ) {
				return current_user_can( 'edit_post', $id );
			}
		)
	);
}

/**
 * Shows the page.
 */
function page() {
	$ids = stories();
	wp_enqueue_script( 'attrlint-bulk' );
	wp_add_inline_script( 'attrlint-bulk', 'window.attrlintStories = ' . wp_json_encode( $ids ) . ';', 'before' );
	?>
	<div class="wrap">
		<h1><?php esc_html_e( 'Source attribution check', 'attrlint' ); ?></h1>
		<p>
			<?php
			/* translators: %s: how many stories. */
			echo esc_html( sprintf( _n( 'Checks %s story as it is saved, and changes nothing in it.', 'Checks %s stories as they are saved, and changes nothing in them.', count( $ids ), 'attrlint' ), number_format_i18n( count( $ids ) ) ) );
			?>
		</p>
		<p>
			<button type="button" class="button button-primary" id="attrlint-start"><?php esc_html_e( 'Check all', 'attrlint' ); ?></button>
			<button type="button" class="button" id="attrlint-stop" disabled><?php esc_html_e( 'Stop', 'attrlint' ); ?></button>
			<span id="attrlint-progress" role="status"></span>
		</p>
		<table class="widefat striped">
			<thead><tr>
				<th scope="col"><?php esc_html_e( 'Story', 'attrlint' ); ?></th>
				<th scope="col"><?php esc_html_e( 'Open findings', 'attrlint' ); ?></th>
				<th scope="col"><?php esc_html_e( 'Words', 'attrlint' ); ?></th>
			</tr></thead>
			<tbody id="attrlint-results"></tbody>
		</table>
	</div>
	<?php
}
