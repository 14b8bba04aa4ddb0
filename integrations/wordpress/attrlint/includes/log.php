<?php
/**
 * The log of what was accepted, by whom and why. It outlives the posts.
 *
 * @package Attrlint
 */

namespace Attrlint\Log;

defined( 'ABSPATH' ) || exit;

/** Who may read the log, and check many posts at once. */
const READER = 'edit_others_posts';

const PER_PAGE = 50;

/** The option that tells for which version of the plugin the table was made. */
const MADE = 'attrlint_version';

add_action( 'init', __NAMESPACE__ . '\make_table' );
add_action( 'admin_menu', __NAMESPACE__ . '\add_page' );

/**
 * Returns the name of the table.
 */
function table(): string {
	return $GLOBALS['wpdb']->prefix . 'attrlint_log';
}

/**
 * Makes the table, once a version; a site that is added to a network is never activated, so it is looked for here.
 */
function make_table() {
	if ( \Attrlint\VERSION === get_option( MADE ) ) {
		return;
	}
	require_once ABSPATH . 'wp-admin/includes/upgrade.php';
	$table   = table();
	$charset = $GLOBALS['wpdb']->get_charset_collate();
	dbDelta(
		"CREATE TABLE $table (
		id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
		happened datetime NOT NULL,
		user_id bigint(20) unsigned NOT NULL,
		user_name varchar(250) NOT NULL,
		post_id bigint(20) unsigned NOT NULL,
		post_title text NOT NULL,
		action varchar(20) NOT NULL,
		rule varchar(100) NOT NULL,
		words text NOT NULL,
		reason text NOT NULL,
		PRIMARY KEY  (id)
		) $charset;"
	);
	update_option( MADE, \Attrlint\VERSION );
}

/**
 * Adds a line.
 *
 * @param int    $post   The id of the post.
 * @param string $action A key of actions().
 * @param string $rule   The rule that objected, or an empty string.
 * @param string $words  The words it was about.
 * @param string $reason Why.
 */
function add( int $post, string $action, string $rule, string $words, string $reason ) {
	$user = wp_get_current_user();
	// phpcs:ignore WordPress.DB.DirectDatabaseQuery.DirectQuery -- a table of our own.
	$GLOBALS['wpdb']->insert(
		table(),
		array(
			'happened'   => current_time( 'mysql', true ),
			'user_id'    => $user->ID,
			'user_name'  => $user->ID ? $user->display_name : '',
			'post_id'    => $post,
			'post_title' => get_the_title( $post ),
			'action'     => $action,
			'rule'       => $rule,
			'words'      => $words,
			'reason'     => $reason,
		)
	);
}

/**
 * Returns what can be in the log and what it is called.
 *
 * @return array<string, string>
 */
function actions(): array {
	return array(
		'accepted'  => __( 'Finding accepted', 'attrlint' ),
		'withdrawn' => __( 'Acceptance withdrawn', 'attrlint' ),
		'unchecked' => __( 'Publishing without a check allowed', 'attrlint' ),
		'held'      => __( 'Scheduled story held back', 'attrlint' ),
	);
}

/**
 * Adds the page to the menu.
 */
function add_page() {
	$name = __( 'Source attribution log', 'attrlint' );
	add_management_page( $name, $name, READER, 'attrlint-log', __NAMESPACE__ . '\page' );
}

/**
 * Shows the page.
 */
function page() {
	global $wpdb;
	$table = table();
	// phpcs:disable WordPress.DB -- a table of our own, whose name no request has a say in.
	$total = (int) $wpdb->get_var( "SELECT COUNT(*) FROM $table" );
	$pages = max( 1, (int) ceil( $total / PER_PAGE ) );
	$at    = min( $pages, max( 1, (int) ( $_GET['paged'] ?? 1 ) ) ); // phpcs:ignore WordPress.Security.NonceVerification -- it only turns a page.
	$lines = $wpdb->get_results( $wpdb->prepare( "SELECT * FROM $table ORDER BY id DESC LIMIT %d OFFSET %d", PER_PAGE, ( $at - 1 ) * PER_PAGE ) );
	// phpcs:enable
	?>
	<div class="wrap">
		<h1><?php esc_html_e( 'Source attribution log', 'attrlint' ); ?></h1>
		<table class="widefat striped">
			<thead><tr>
				<th scope="col"><?php esc_html_e( 'When', 'attrlint' ); ?></th>
				<th scope="col"><?php esc_html_e( 'Who', 'attrlint' ); ?></th>
				<th scope="col"><?php esc_html_e( 'Story', 'attrlint' ); ?></th>
				<th scope="col"><?php esc_html_e( 'What', 'attrlint' ); ?></th>
				<th scope="col"><?php esc_html_e( 'Words', 'attrlint' ); ?></th>
				<th scope="col"><?php esc_html_e( 'Reason', 'attrlint' ); ?></th>
			</tr></thead>
			<tbody><?php array_walk( $lines, __NAMESPACE__ . '\show' ); ?></tbody>
		</table>
		<?php if ( ! $lines ) : ?>
			<p><?php esc_html_e( 'Nothing has been accepted yet.', 'attrlint' ); ?></p>
		<?php endif; ?>
		<div class="tablenav"><div class="tablenav-pages">
			<?php
			$links = array(
				'base'    => add_query_arg( 'paged', '%#%' ),
				'total'   => $pages,
				'current' => $at,
			);
			echo wp_kses_post( (string) paginate_links( $links ) );
			?>
		</div></div>
	</div>
	<?php
}

/**
 * Shows one line.
 *
 * @param object $line A row of the table.
 */
function show( $line ) {
	$edit = get_edit_post_link( $line->post_id );
	?>
	<tr>
		<td><?php echo esc_html( get_date_from_gmt( $line->happened, get_option( 'date_format' ) . ' ' . get_option( 'time_format' ) ) ); ?></td>
		<td><?php echo esc_html( '' === $line->user_name ? __( 'WordPress', 'attrlint' ) : $line->user_name ); ?></td>
		<td>
			<?php if ( $edit ) : ?>
				<a href="<?php echo esc_url( $edit ); ?>"><?php echo esc_html( $line->post_title ); ?></a>
			<?php else : ?>
				<?php echo esc_html( $line->post_title ); ?>
			<?php endif; ?>
		</td>
		<td><?php echo esc_html( actions()[ $line->action ] ?? $line->action ); ?></td>
		<td><?php echo esc_html( $line->words ); ?><br><code><?php echo esc_html( $line->rule ); ?></code></td>
		<td><?php echo esc_html( $line->reason ); ?></td>
	</tr>
	<?php
}
