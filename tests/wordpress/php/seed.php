<?php
// Fills a fresh WordPress through its own functions: 105 plain posts over two years, the special ones, pages and comments.

require __DIR__ . '/bootstrap.php';
require __DIR__ . '/prose.php';
require __DIR__ . '/people.php';
require __DIR__ . '/special.php';
require __DIR__ . '/plain.php';

wp_set_current_user( 1 );
wp_defer_term_counting( true );
wp_defer_comment_counting( true );

$authors = seed_authors();
$cat     = seed_categories();
$image   = seed_image( 'pier', 0 );

for ( $n = 0; $n < 105; $n++ ) {
	$when = strtotime( '2023-01-03 00:00:00' ) + $n * 6 * DAY_IN_SECONDS + ( $n * 7919 ) % DAY_IN_SECONDS;
	seed_post( "plain-$n", plain_post( $n, $when, $authors, $cat ) );
}
$n = 0;
foreach ( special_posts( $cat, $image ) as $key => $fields ) {
	$usual = array(
		'post_status'   => 'publish',
		'post_author'   => $authors[ ++$n % count( $authors ) ],
		'post_category' => array( $cat['economy'] ),
		'post_date'     => sprintf( '2024-%02d-%02d 12:%02d:30', 1 + $n % 12, 1 + $n, $n ),
	);
	seed_post( $key, $fields + $usual );
}
foreach ( array( 'a', 'b', 'c' ) as $letter ) {
	// Three posts of one second: WordPress's previous/next leaves out all but one of them.
	seed_post( "same-second-$letter", array( 'post_status' => 'publish', 'post_author' => 1, 'post_title' => "At the same second, $letter", 'post_content' => classic_article( 800 + ord( $letter ) ), 'post_category' => array( $cat['culture'] ), 'post_date' => '2023-10-29 07:07:07' ) );
}
foreach ( hidden_posts() as $key => $fields ) {
	seed_post( $key, $fields + array( 'post_author' => 1, 'post_category' => array( $cat['world'] ) ) );
}
foreach ( site_pages() as $key => [ $title, $parent ] ) {
	seed_post( $key, array( 'post_type' => 'page', 'post_status' => 'publish', 'post_author' => 1, 'post_title' => $title, 'post_content' => p( "PAGE-BODY-MARKER $title. " . paragraph( 3900 ) ), 'post_parent' => $parent ? post_of( $parent ) : 0, 'post_date' => '2022-12-01 10:00:00' ) );
}
wp_update_post( array( 'ID' => post_of( 'renamed' ), 'post_name' => 'a-better-address' ) );
stick_post( post_of( 'plain-10' ) );
stick_post( post_of( 'plain-60' ) );
seed_image( 'lantern', post_of( 'gallery' ), 640, 480 );
wp_defer_comment_counting( false );
wp_defer_term_counting( false );
answer( true );
