<?php
get_header();
the_archive_title( '<h1 class="page-title">', '</h1>' );
while ( have_posts() ) :
	the_post();
	?>
	<article id="post-<?php the_ID(); ?>" <?php post_class(); ?>>
		<?php the_title( '<h2 class="entry-title"><a href="' . esc_url( get_permalink() ) . '" rel="bookmark">', '</a></h2>' ); ?>
		<?php pressroom_meta(); ?>
		<div class="entry-summary"><?php the_excerpt(); ?></div>
		<footer class="entry-footer"><?php pressroom_terms(); ?></footer>
	</article>
	<?php
	if ( ! pressroom_has_archives() && is_home() && ! is_sticky() ) {
		break;
	}
endwhile;
if ( pressroom_has_archives() ) {
	the_posts_navigation();
}
get_footer();
