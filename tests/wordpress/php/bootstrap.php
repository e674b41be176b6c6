<?php
// What every command-line script of this folder starts with: WordPress loaded as its administrator, arguments from stdin.

$_SERVER['HTTP_HOST']       = parse_url( getenv( 'PRESSWALK_WP_URL' ), PHP_URL_HOST ) . ':' . parse_url( getenv( 'PRESSWALK_WP_URL' ), PHP_URL_PORT );
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['REQUEST_URI']     = '/';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require_once getenv( 'PRESSWALK_WP_ROOT' ) . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/admin.php';

/** The JSON object on standard input. */
function arguments(): array {
	return json_decode( stream_get_contents( STDIN ) ?: '{}', true, 512, JSON_THROW_ON_ERROR );
}

/** Prints the script's one answer. */
function answer( mixed $value ): void {
	echo json_encode( $value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES );
}

/** The id of the post seeded under this key. */
function post_of( string $key ): int {
	$ids = get_posts(
		array(
			'meta_key'    => 'presswalk_key',
			'meta_value'  => $key,
			'post_type'   => 'any',
			'post_status' => array_keys( get_post_stati() ),
			'fields'      => 'ids',
		)
	);
	if ( count( $ids ) !== 1 ) {
		throw new RuntimeException( count( $ids ) . " posts have the key $key" );
	}
	return $ids[0];
}
