<?php
// Router of PHP's built-in server: what a web server with WordPress's .htaccess does. One line of JSON per request is logged.

$root    = getenv( 'PRESSWALK_WP_ROOT' );
$state   = getenv( 'PRESSWALK_WP_STATE' );
$uri     = $_SERVER['REQUEST_URI'];
$started = hrtime( true );
register_shutdown_function(
	static function () use ( $state, $started, $uri ): void {
		$line = array(
			'method' => $_SERVER['REQUEST_METHOD'],
			'uri'    => $uri,
			'status' => http_response_code(),
			'ms'     => intdiv( hrtime( true ) - $started, 1000000 ),
			'at'     => microtime( true ),
		);
		file_put_contents( "$state/requests.jsonl", json_encode( $line, JSON_UNESCAPED_SLASHES ) . "\n", FILE_APPEND | LOCK_EX );
	}
);

/** What the web server says where it has no file. */
function presswalk_not_found(): bool {
	http_response_code( 404 );
	header( 'Content-Type: text/html; charset=utf-8' );
	echo '<!doctype html><title>404 Not Found</title><h1>Not Found</h1>';
	return true;
}

$folder = getenv( 'PRESSWALK_WP_FOLDER' );
$path   = rawurldecode( strtok( $_SERVER['REQUEST_URI'], '?#' ) );
if ( $path === $folder ) {
	header( "Location: $folder/", true, 301 );
	return true;
}
if ( ! str_starts_with( $path, "$folder/" ) ) {
	return presswalk_not_found();
}
$path   = substr( $path, strlen( $folder ) );
$file   = realpath( $root . $path );
$inside = $file !== false && str_starts_with( $file, "$root/" );
if ( $inside && is_dir( $file ) && is_file( "$file/index.php" ) ) {
	$file .= '/index.php';
}
if ( $inside && is_file( $file ) && ! str_ends_with( $file, '.php' ) ) {
	return false;
}
if ( ! $inside || ! is_file( $file ) ) {
	$own = $path === '/' || $path === '/index.php' || str_starts_with( $path, '/index.php/' );
	if ( ! $own && ! is_file( "$state/rewrite" ) ) {
		return presswalk_not_found();
	}
	$file = "$root/index.php";
}
$script                     = substr( $file, strlen( $root ) );
$_SERVER['SCRIPT_NAME']     = $folder . $script;
$_SERVER['SCRIPT_FILENAME'] = $file;
$_SERVER['PHP_SELF']        = $folder . $script;
unset( $_SERVER['PATH_INFO'] );
if ( $script === '/index.php' && str_starts_with( $path, '/index.php/' ) ) {
	$_SERVER['PATH_INFO'] = substr( $path, strlen( '/index.php' ) );
	$_SERVER['PHP_SELF']  = $folder . $path;
	// WP::parse_request() looks for PATH_INFO in REQUEST_URI: not Latin slugs work only where both are decoded (IIS).
	$_SERVER['REQUEST_URI'] = rawurldecode( $_SERVER['REQUEST_URI'] );
}
chdir( dirname( $file ) );
require $file;
return true;
