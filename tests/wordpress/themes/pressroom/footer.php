</main>
<?php if ( pressroom_has_archives() ) : ?>
<aside id="secondary" class="widget-area">
	<?php
	the_widget( 'WP_Widget_Search' );
	the_widget( 'WP_Widget_Recent_Posts', array( 'show_date' => true ) );
	the_widget( 'WP_Widget_Recent_Comments' );
	the_widget( 'WP_Widget_Archives', array( 'count' => true ) );
	the_widget( 'WP_Widget_Categories', array( 'hierarchical' => true ) );
	the_widget( 'WP_Widget_Tag_Cloud' );
	?>
</aside>
<?php endif; ?>
</div>
<footer id="colophon" class="site-footer"><p>Copyright &copy; The Harbour Gazette. FOOTER-MARKER</p></footer>
</div>
<?php wp_footer(); ?>
</body>
</html>
