<?php
if ( post_password_required() ) {
	return;
}
?>
<div id="comments" class="comments-area">
	<?php if ( have_comments() ) : ?>
		<h2 class="comments-title">Thoughts on &ldquo;<?php the_title(); ?>&rdquo;</h2>
		<?php the_comments_navigation(); ?>
		<ol class="comment-list"><?php wp_list_comments( array( 'style' => 'ol' ) ); ?></ol>
	<?php endif; ?>
	<?php comment_form(); ?>
</div>
