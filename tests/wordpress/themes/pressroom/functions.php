<?php
// A classic theme. The option pressroom_front "latest" makes it a theme without archives: posts link only to their neighbours.

add_action(
	'after_setup_theme',
	static function (): void {
		add_theme_support( 'title-tag' );
		add_theme_support( 'post-thumbnails' );
		add_theme_support( 'automatic-feed-links' );
		add_theme_support( 'html5', array( 'comment-list', 'comment-form', 'gallery', 'caption' ) );
	}
);
add_action( 'wp_enqueue_scripts', fn() => wp_enqueue_style( 'pressroom', get_stylesheet_uri() ) );
remove_action( 'wp_head', 'wp_shortlink_wp_head', 10 );

/** Whether this theme links to archives at all. */
function pressroom_has_archives(): bool {
	return 'latest' !== get_option( 'pressroom_front' );
}

/** "Posted on … By … N Comments on …", with the date of the last change if there was one. */
function pressroom_meta(): void {
	$format = '<time class="entry-date published" datetime="%1$s">%2$s</time>';
	if ( get_the_time( 'U' ) !== get_the_modified_time( 'U' ) ) {
		$format .= '<time class="updated" datetime="%3$s">%4$s</time>';
	}
	printf( '<div class="entry-meta"><span class="posted-on">Posted on <a href="%s" rel="bookmark">', esc_url( get_permalink() ) );
	printf( $format, esc_attr( get_the_date( DATE_W3C ) ), esc_html( get_the_date() ), esc_attr( get_the_modified_date( DATE_W3C ) ), esc_html( get_the_modified_date() ) );
	$by = pressroom_has_archives() ? get_the_author_posts_link() : sprintf( '<span class="fn">%s</span>', esc_html( get_the_author() ) );
	printf( '</a></span><span class="posted-by byline"> By <span class="author vcard">%s</span></span>', $by );
	echo '<span class="comments-link">';
	comments_popup_link( sprintf( 'No Comments<span class="screen-reader-text"> on %s</span>', get_the_title() ) );
	echo '</span></div>';
}

/** Categories and tags below a post. */
function pressroom_terms(): void {
	if ( pressroom_has_archives() ) {
		printf( '<span class="cat-links">%s</span>', get_the_category_list( ', ' ) );
		the_tags( '<span class="tag-links">Tags: ', ', ', '</span>' );
	}
}
