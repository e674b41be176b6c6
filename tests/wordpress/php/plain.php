<?php
// Ordinary posts, made by the functions that the editor uses.

/** Inserts a post and what belongs to it. Dates are the site's local time. */
function seed_post( string $key, array $fields ): int {
	$id = wp_insert_post( wp_slash( array_diff_key( $fields, array_flip( array( 'tags', 'comments', 'modified' ) ) ) ), true );
	if ( is_wp_error( $id ) ) {
		throw new RuntimeException( "$key: " . $id->get_error_message() );
	}
	add_post_meta( $id, 'presswalk_key', $key );
	wp_set_post_tags( $id, $fields['tags'] ?? array() );
	if ( isset( $fields['comments'] ) ) {
		seed_comments( $id, $fields['comments'] );
	}
	if ( isset( $fields['modified'] ) ) {
		global $wpdb;
		$dates = array( 'post_modified' => $fields['modified'], 'post_modified_gmt' => get_gmt_from_date( $fields['modified'] ) );
		$wpdb->update( $wpdb->posts, $dates, array( 'ID' => $id ) );
		clean_post_cache( $id );
	}
	return $id;
}

/** Plain post number $n: written with blocks or without, some edited later; $when is the site's local time. */
function plain_post( int $n, int $when, array $authors, array $cat ): array {
	$tags = array( 'harbour', 'winter', 'boats', 'long read', 'Ελλάδα', 'R&D' );
	return array(
		'post_status'   => 'publish',
		'post_author'   => $authors[ $n % count( $authors ) ],
		'post_title'    => rtrim( sentence( $n + 3000 ), '.' ),
		'post_content'  => 0 === $n % 3 ? classic_article( $n ) : block_article( $n ),
		'post_excerpt'  => 0 === $n % 10 ? "A summary of note $n by hand." : '',
		'post_category' => array_values( array_intersect_key( $cat, array_flip( array( array_keys( $cat )[ $n % 8 ], 0 === $n % 6 ? 'culture' : '' ) ) ) ),
		'post_date'     => gmdate( 'Y-m-d H:i:s', $when ),
		'tags'          => 0 === $n % 4 ? array() : array( $tags[ $n % 6 ], $tags[ ( $n + 2 ) % 6 ] ),
		'comments'      => 0 === $n % 9 ? 2 + $n % 5 : null,
		'modified'      => 0 === $n % 7 ? gmdate( 'Y-m-d H:i:s', $when + 3 * DAY_IN_SECONDS + 61 ) : null,
	);
}
