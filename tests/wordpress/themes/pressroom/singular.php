<?php
get_header();
while ( have_posts() ) :
	the_post();
	?>
	<article id="post-<?php the_ID(); ?>" <?php post_class(); ?>>
		<header class="entry-header">
			<?php
			the_title( '<h1 class="entry-title">', '</h1>' );
			if ( is_single() ) {
				pressroom_meta();
			}
			?>
		</header>
		<?php the_post_thumbnail(); ?>
		<div class="entry-content">
			<?php
			the_content();
			wp_link_pages( array( 'before' => '<div class="page-links">Pages:', 'after' => '</div>' ) );
			?>
		</div>
		<footer class="entry-footer"><?php pressroom_terms(); ?></footer>
	</article>
	<?php
	the_post_navigation(
		array(
			'prev_text' => '<span class="nav-subtitle">Previous Post:</span> <span class="nav-title">%title</span>',
			'next_text' => '<span class="nav-subtitle">Next Post:</span> <span class="nav-title">%title</span>',
		)
	);
	comments_template();
endwhile;
get_footer();
