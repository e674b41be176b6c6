<?php
// Publishes a post, and tells the update services of it as WordPress's cron does: when each happened, in seconds since 1970.

require __DIR__ . '/bootstrap.php';

$told = arguments();
$sent = array();
add_filter(
	'pre_http_request',
	static function ( $answer, $arguments, $url ) use ( &$sent ) {
		if ( presswalk_is_receiver( $url ) ) {
			$sent[] = microtime( true );
		}
		return $answer;
	},
	1,
	3
);
wp_set_current_user( 1 );
$id        = wp_insert_post( wp_slash( $told + array( 'post_status' => 'publish', 'post_author' => 1 ) ), true );
$published = microtime( true );
do_all_pings();
answer( array( 'id' => $id, 'published' => $published, 'sent' => $sent, 'answered' => microtime( true ) ) );
