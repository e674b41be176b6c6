<?php
// Installs WordPress with its own wp_install(), without asking anybody and without mail.

define( 'WP_INSTALLING', true );

function wp_new_blog_notification(): void {}

require __DIR__ . '/bootstrap.php';

require_once ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install( 'The Harbour Gazette', 'admin', 'admin@gazette.example', true, '', 'only for the tests' );
foreach ( array( 1, 2, 3 ) as $sample ) {
	wp_delete_post( $sample, true );
}
$options = array(
	'blogdescription'       => 'News of the coast & the hills',
	'timezone_string'       => 'America/New_York',
	'posts_per_page'        => 10,
	'page_comments'         => 1,
	'comments_per_page'     => 20,
	'default_comments_page' => 'newest',
	'thread_comments'       => 1,
	'default_ping_status'   => 'closed',
	'ping_sites'            => '',
	'close_comments_for_old_posts' => 0,
);
foreach ( $options as $name => $value ) {
	update_option( $name, $value );
}
answer( get_bloginfo( 'version' ) );
