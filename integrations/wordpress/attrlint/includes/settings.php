<?php
/**
 * What the newsroom has decided, and the page on which it decides.
 *
 * @package Attrlint
 */

namespace Attrlint\Settings;

defined( 'ABSPATH' ) || exit;

const OPTION = 'attrlint';

const DEFAULTS = array(
	'service'  => 'http://127.0.0.1:8081',
	'token'    => '',
	'preset'   => '',
	'mode'     => 'warn',
	'types'    => array( 'post' ),
	'override' => array( 'administrator', 'editor' ),
);

add_action( 'admin_menu', __NAMESPACE__ . '\add_page' );
add_action( 'admin_init', __NAMESPACE__ . '\register' );

/**
 * Returns one setting.
 *
 * @param string $name A key of DEFAULTS.
 * @return string|string[]
 */
function get( string $name ) {
	$saved = get_option( OPTION );
	return is_array( $saved ) && isset( $saved[ $name ] ) ? $saved[ $name ] : DEFAULTS[ $name ];
}

/**
 * Tells whether posts of a type are checked.
 *
 * @param string $type A post type.
 */
function covers( string $type ): bool {
	return 'off' !== get( 'mode' ) && in_array( $type, get( 'types' ), true );
}

/**
 * Tells whether posts with open findings are held back.
 */
function holds(): bool {
	return in_array( get( 'mode' ), array( 'reason', 'block' ), true );
}

/**
 * Tells whether the current user has a role that may override.
 */
function may_override(): bool {
	return (bool) array_intersect( wp_get_current_user()->roles, get( 'override' ) );
}

/**
 * Returns the modes and what they are called.
 *
 * @return array<string, string>
 */
function modes(): array {
	return array(
		'off'    => __( 'Off: nothing is checked', 'attrlint' ),
		'warn'   => __( 'Warn: findings are shown, and everybody may publish', 'attrlint' ),
		'reason' => __( 'Ask for a reason: each finding is mended, or accepted with a reason, before publishing', 'attrlint' ),
		'block'  => __( 'Block: only the roles below may accept a finding', 'attrlint' ),
	);
}

/**
 * Returns the post types that can be checked.
 *
 * @return array<string, string>
 */
function types(): array {
	$found = array();
	foreach ( get_post_types( array( 'show_ui' => true ), 'objects' ) as $type ) {
		if ( post_type_supports( $type->name, 'editor' ) && ( $type->public || ! $type->_builtin || 'wp_block' === $type->name ) ) {
			$found[ $type->name ] = $type->labels->name;
		}
	}
	unset( $found['attachment'] );
	return $found;
}

/**
 * Adds the page to the menu.
 */
function add_page() {
	add_options_page(
		__( 'Source attribution', 'attrlint' ),
		__( 'Source attribution', 'attrlint' ),
		'manage_options',
		'attrlint',
		__NAMESPACE__ . '\page'
	);
}

/**
 * Registers the settings with WordPress, which checks nonce and capability when they are saved.
 */
function register() {
	register_setting( OPTION, OPTION, array( 'sanitize_callback' => __NAMESPACE__ . '\cleaned' ) );
}

/**
 * Returns settings that are safe to save; what cannot be used stays as it was.
 *
 * @param mixed $given What the form sent.
 */
function cleaned( $given ): array {
	$given = is_array( $given ) ? $given : array();
	$clean = array();
	foreach ( array_keys( DEFAULTS ) as $name ) {
		$clean[ $name ] = get( $name );
	}
	foreach ( array( 'service', 'token', 'preset', 'mode' ) as $name ) {
		if ( isset( $given[ $name ] ) && is_string( $given[ $name ] ) ) {
			$clean[ $name ] = cleaned_text( $name, trim( $given[ $name ] ), $clean[ $name ] );
		}
	}
	$roles             = array_keys( wp_roles()->roles );
	$clean['types']    = array_values( array_intersect( array_keys( types() ), (array) ( $given['types'] ?? array() ) ) );
	$clean['override'] = array_values( array_intersect( $roles, (array) ( $given['override'] ?? array() ) ) );
	return $clean;
}

/**
 * Returns one setting as it is to be saved.
 *
 * @param string $name   A key of DEFAULTS.
 * @param string $value  What the form sent.
 * @param string $before What it was.
 */
function cleaned_text( string $name, string $value, string $before ): string {
	if ( 'service' === $name ) {
		$address = untrailingslashit( esc_url_raw( $value, array( 'http', 'https' ) ) );
		if ( ! wp_parse_url( $address, PHP_URL_HOST ) ) {
			$message = __( 'The address of the service must begin with http:// or https://, so the old one was kept.', 'attrlint' );
			add_settings_error( OPTION, 'service', $message );
			return $before;
		}
		return $address;
	}
	if ( 'mode' === $name ) {
		return isset( modes()[ $value ] ) ? $value : $before;
	}
	if ( 'preset' === $name ) {
		return sanitize_key( $value );
	}
	return sanitize_text_field( $value );
}

/**
 * Shows the page.
 */
function page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	?>
	<div class="wrap">
		<h1><?php esc_html_e( 'Source attribution', 'attrlint' ); ?></h1>
		<p><?php esc_html_e( 'attrlint finds the places in a story where the reader cannot know who is speaking. The text of a story goes to the service below and nowhere else.', 'attrlint' ); ?></p>
		<?php show_service(); ?>
		<form action="options.php" method="post">
			<?php settings_fields( OPTION ); ?>
			<table class="form-table" role="presentation">
				<?php
				text_row( 'service', __( 'Address of the service', 'attrlint' ), __( 'Where “attrlint serve” listens, such as http://127.0.0.1:8081.', 'attrlint' ), 'url' );
				text_row( 'token', __( 'Token', 'attrlint' ), __( 'A line of the token file of the service; empty if it has none.', 'attrlint' ), 'password' );
				text_row( 'preset', __( 'Preset', 'attrlint' ), __( 'ap, bbc, npr, reuters, wikipedia or strict; empty for the standard rules.', 'attrlint' ), 'text' );
				choice_row( 'mode', __( 'Before publishing', 'attrlint' ), modes(), 'radio' );
				choice_row( 'types', __( 'What is checked', 'attrlint' ), types(), 'checkbox' );
				choice_row( 'override', __( 'Roles that may override', 'attrlint' ), array_map( 'translate_user_role', wp_roles()->get_names() ), 'checkbox' );
				?>
			</table>
			<?php submit_button(); ?>
		</form>
	</div>
	<?php
}

/**
 * Shows whether the service answers, with the token and the preset that are saved.
 */
function show_service() {
	$answer = \Attrlint\Service\check( __( 'It is a test.', 'attrlint' ), 3 );
	$down   = is_wp_error( $answer );
	printf(
		'<div class="notice inline %s"><p>%s</p></div>',
		$down ? 'notice-error' : 'notice-success',
		esc_html( $down ? $answer->get_error_message() : __( 'The service answers.', 'attrlint' ) )
	);
}

/**
 * Shows one line of text to fill in.
 *
 * @param string $name  A key of DEFAULTS.
 * @param string $label What it is called.
 * @param string $help  What to write.
 * @param string $type  The type of the input.
 */
function text_row( string $name, string $label, string $help, string $type ) {
	?>
	<tr>
		<th scope="row"><label for="attrlint-<?php echo esc_attr( $name ); ?>"><?php echo esc_html( $label ); ?></label></th>
		<td>
			<input class="regular-text" type="<?php echo esc_attr( $type ); ?>" id="attrlint-<?php echo esc_attr( $name ); ?>"
				name="attrlint[<?php echo esc_attr( $name ); ?>]" value="<?php echo esc_attr( get( $name ) ); ?>" autocomplete="off">
			<p class="description"><?php echo esc_html( $help ); ?></p>
		</td>
	</tr>
	<?php
}

/**
 * Shows choices, of which one or several can be taken.
 *
 * @param string                $name    A key of DEFAULTS.
 * @param string                $label   What it is called.
 * @param array<string, string> $choices Values and what they are called.
 * @param string                $type    Either radio or checkbox.
 */
function choice_row( string $name, string $label, array $choices, string $type ) {
	$field = "attrlint[$name]" . ( 'checkbox' === $type ? '[]' : '' );
	?>
	<tr>
		<th scope="row"><?php echo esc_html( $label ); ?></th>
		<td><fieldset><legend class="screen-reader-text"><?php echo esc_html( $label ); ?></legend>
			<?php foreach ( $choices as $value => $words ) : ?>
				<label><input type="<?php echo esc_attr( $type ); ?>" name="<?php echo esc_attr( $field ); ?>"
					value="<?php echo esc_attr( $value ); ?>" <?php checked( in_array( $value, (array) get( $name ), true ) ); ?>>
					<?php echo esc_html( $words ); ?></label><br>
			<?php endforeach; ?>
		</fieldset></td>
	</tr>
	<?php
}
