<?php
// Many posts that were modified in the same second, as a bulk edit leaves them; {"first", "count", "second"} on stdin.

require __DIR__ . '/bootstrap.php';

$wanted = arguments();
for ( $number = $wanted['first']; $number < $wanted['first'] + $wanted['count']; $number++ ) {
	$id = wp_insert_post(
		array(
			'post_title'   => "Notice $number",
			'post_content' => "<p>Notice number $number.</p>",
			'post_status'  => 'publish',
			'post_author'  => 1,
		),
		true
	);
	$wpdb->update(
		$wpdb->posts,
		array( 'post_modified' => get_date_from_gmt( $wanted['second'] ), 'post_modified_gmt' => $wanted['second'] ),
		array( 'ID' => $id )
	);
}
answer( true );
