<?php
// Ordinary posts until the site has as many as {"posts"} on standard input says; answers how many are public then.

require __DIR__ . '/bootstrap.php';
require __DIR__ . '/prose.php';
require __DIR__ . '/people.php';
require __DIR__ . '/plain.php';

wp_set_current_user( 1 );
wp_defer_term_counting( true );
wp_suspend_cache_invalidation( true );

$authors = get_users( array( 'fields' => 'ID' ) );
$cat     = array_flip( get_terms( array( 'taxonomy' => 'category', 'hide_empty' => false, 'fields' => 'id=>slug' ) ) );
unset( $cat['uncategorized'] );
$wanted  = arguments()['posts'];
$public  = (int) wp_count_posts()->publish;

// One transaction: a commit for each of a post's dozen rows would take most of the time.
$wpdb->query( 'START TRANSACTION' );
for ( $n = $public; $n < $wanted; $n++ ) {
	$when = strtotime( '2018-01-01 00:00:00' ) + $n * 8 * HOUR_IN_SECONDS + ( $n * 7919 ) % HOUR_IN_SECONDS;
	seed_post( "many-$n", plain_post( $n, $when, $authors, $cat ) );
}
$wpdb->query( 'COMMIT' );
wp_suspend_cache_invalidation( false );
wp_defer_term_counting( false );
wp_cache_flush();
answer( (int) wp_count_posts()->publish );
