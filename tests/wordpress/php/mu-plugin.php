<?php
// Must-use plugin of the tests: WordPress talks to nobody, and the one embed of the seed has a known answer.

add_filter( 'pre_http_request', fn() => new WP_Error( 'http_request_failed', 'The tests make no requests.' ) );
add_filter( 'pre_wp_mail', '__return_true' );
add_filter(
	'pre_oembed_result',
	fn( $result, $url ) => str_contains( $url, 'youtube.com' )
		? '<iframe width="560" height="315" src="https://www.youtube.com/embed/harbour0001"></iframe>'
		: $result,
	10,
	2
);
