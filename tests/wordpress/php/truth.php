<?php
// Everything WordPress's own functions say of every public post: what a perfect crawler would have stored.

require __DIR__ . '/bootstrap.php';

// "Protected: …" is how a theme shows a title, not part of it.
add_filter( 'protected_title_format', fn() => '%s' );

/** A UTC date of the database in ISO 8601. */
function utc( string $gmt ): string {
	return str_replace( ' ', 'T', $gmt ) . '+00:00';
}

/** Names of the terms in the order themes print them, as stored (entities encoded). */
function term_names( int $id, string $taxonomy ): array {
	$terms = get_the_terms( $id, $taxonomy );
	return $terms ? wp_list_pluck( $terms, 'name' ) : array();
}

/** The permalink of the neighbour that the template tags link to, or null. */
function neighbour( bool $previous ): ?string {
	$post = get_adjacent_post( false, '', $previous );
	return $post ? get_permalink( $post ) : null;
}

/** The content of every page of the current post, filtered as for display. */
function displayed_pages(): array {
	global $page, $pages, $more;
	$more = 1;
	$html = array();
	foreach ( array_keys( $pages ) as $index ) {
		$page   = $index + 1;
		$html[] = str_replace( ']]>', ']]&gt;', apply_filters( 'the_content', get_the_content() ) );
	}
	return $html;
}

/** All of one post. */
function truth_of( WP_Post $wanted ): array {
	global $post;
	$post = $wanted;
	setup_postdata( $post );
	$protected = '' !== $post->post_password;
	return array(
		'id'            => $post->ID,
		'key'           => get_post_meta( $post->ID, 'presswalk_key', true ),
		'url'           => get_permalink( $post ),
		'title'         => get_the_title( $post ),
		'published_at'  => utc( $post->post_date_gmt ),
		'modified_at'   => utc( $post->post_modified_gmt ),
		'authors'       => array( get_the_author_meta( 'display_name', $post->post_author ) ),
		'categories'    => term_names( $post->ID, 'category' ),
		'tags'          => term_names( $post->ID, 'post_tag' ),
		'comment_count' => (int) get_comments_number( $post ),
		'previous_url'  => neighbour( true ),
		'next_url'      => neighbour( false ),
		'protected'     => $protected,
		'linked_pages'  => has_block( 'core/nextpage', $post ),
		'pages'         => $protected ? array() : displayed_pages(),
	);
}

$posts = get_posts( array( 'post_type' => 'post', 'post_status' => 'publish', 'numberposts' => -1, 'orderby' => 'ID', 'order' => 'ASC' ) );
answer( array_map( 'truth_of', $posts ) );
