<?php
// Must-use plugin of the tests: WordPress talks to nobody but the address in the option presswalk_receiver, the one embed
// of the seed has a known answer, and the option presswalk_off switches off what plugins switch off: "rest", "feed",
// "sitemap", separated by commas.

/** Whether WordPress may talk to an address: a receiver of pings on this machine, which it would not talk to by itself. */
function presswalk_is_receiver( string $url ): bool {
	$receiver = (string) get_option( 'presswalk_receiver' );
	return $receiver !== '' && str_starts_with( $url, $receiver );
}

add_filter(
	'pre_http_request',
	fn( $answer, $arguments, $url ) => presswalk_is_receiver( $url )
		? $answer
		: new WP_Error( 'http_request_failed', 'The tests make no requests.' ),
	10,
	3
);
add_filter( 'http_request_host_is_external', fn( $is, $host, $url ) => $is || presswalk_is_receiver( $url ), 10, 3 );
add_filter(
	'http_allowed_safe_ports',
	fn( $ports, $host, $url ) => presswalk_is_receiver( $url ) ? array( ...$ports, wp_parse_url( $url, PHP_URL_PORT ) ) : $ports,
	10,
	3
);
add_filter( 'pre_wp_mail', '__return_true' );
add_filter(
	'pre_oembed_result',
	fn( $result, $url ) => str_contains( $url, 'youtube.com' )
		? '<iframe width="560" height="315" src="https://www.youtube.com/embed/harbour0001"></iframe>'
		: $result,
	10,
	2
);

add_action(
	'init',
	static function (): void {
		$off = explode( ',', (string) get_option( 'presswalk_off' ) );
		if ( in_array( 'rest', $off, true ) ) {
			add_filter( 'rest_authentication_errors', fn() => new WP_Error( 'rest_disabled', 'Not for you.', array( 'status' => 401 ) ) );
		}
		if ( in_array( 'feed', $off, true ) ) {
			foreach ( array( 'do_feed', 'do_feed_rdf', 'do_feed_rss', 'do_feed_rss2', 'do_feed_atom' ) as $action ) {
				add_action( $action, fn() => wp_die( 'No feed.', '', array( 'response' => 404 ) ), 1 );
			}
			remove_action( 'wp_head', 'feed_links', 2 );
			remove_action( 'wp_head', 'feed_links_extra', 3 );
		}
		if ( in_array( 'sitemap', $off, true ) ) {
			add_filter( 'wp_sitemaps_enabled', '__return_false' );
		}
	},
	1
);
