<?php
// Configuration of the private WordPress of the tests: everything that differs per site comes from the environment.

define( 'DB_NAME', getenv( 'PRESSWALK_WP_DATABASE' ) );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:' . getenv( 'PRESSWALK_WP_SOCKET' ) );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
define( 'WP_HOME', getenv( 'PRESSWALK_WP_URL' ) );
define( 'WP_SITEURL', getenv( 'PRESSWALK_WP_URL' ) );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_POST_REVISIONS', 2 );
define( 'WP_CONTENT_DIR', __DIR__ . '/wp-content' );
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $name ) {
	define( "{$name}_KEY", "$name key of a site that lives for some minutes" );
	define( "{$name}_SALT", "$name salt of a site that lives for some minutes" );
}
$table_prefix = 'wp_';

if ( ! defined( 'ABSPATH' ) ) {
	define( 'ABSPATH', __DIR__ . '/' );
}
require_once ABSPATH . 'wp-settings.php';
