<?php
// Authors, categories, tags, pictures and comments of the seed.

/** Six authors beside the administrator; returns ids. One has a biography, which some themes print under the post. */
function seed_authors(): array {
	$people = array(
		'jane'   => array( 'Jane Doe', '' ),
		'maria'  => array( 'María José Carreño Quiñones', 'Writes about <em>boats</em>. Born in Vigo.' ),
		'olga'   => array( 'Ольга Петрова', '' ),
		'liming' => array( '李明', '' ),
		'darcy'  => array( "D'Arcy O'Neill-Smith", '' ),
		'desk'   => array( 'News Desk', '' ),
	);
	$ids = array( 1 );
	foreach ( $people as $login => [ $name, $about ] ) {
		$ids[] = wp_insert_user(
			array(
				'user_login'   => $login,
				'user_pass'    => wp_generate_password(),
				'user_email'   => "$login@gazette.example",
				'display_name' => $name,
				'description'  => $about,
				'role'         => 'author',
			)
		);
	}
	return $ids;
}

/** Category ids by slug; three levels deep, one name with an ampersand, one not Latin. */
function seed_categories(): array {
	$tree = array(
		'world'   => array( 'World', '' ),
		'europe'  => array( 'Europe', 'world' ),
		'balkans' => array( 'Balkans', 'europe' ),
		'asia'    => array( 'Asia', 'world' ),
		'economy' => array( 'Economy', '' ),
		'markets' => array( 'Markets & Prices', 'economy' ),
		'culture' => array( 'Culture', '' ),
		'greek'   => array( 'Ελλάδα', 'culture' ),
	);
	$ids = array();
	foreach ( $tree as $slug => [ $name, $parent ] ) {
		$made         = wp_insert_term( $name, 'category', array( 'parent' => $ids[ $parent ] ?? 0, 'slug' => 'greek' === $slug ? '' : $slug ) );
		$ids[ $slug ] = $made['term_id'];
	}
	return $ids;
}

/** A PNG of the given size in the media library, attached to a post. */
function seed_image( string $name, int $parent, int $width = 1200, int $height = 800 ): int {
	$file  = wp_upload_dir( '2024/06' )['path'] . "/$name.png";
	$image = imagecreatetruecolor( $width, $height );
	imagefill( $image, 0, 0, imagecolorallocate( $image, 20, 90, 160 ) );
	imagepng( $image, $file );
	$id = wp_insert_attachment(
		array(
			'post_title'     => "Picture $name",
			'post_content'   => "ATTACHMENT-PAGE-MARKER $name",
			'post_excerpt'   => "Caption of $name",
			'post_mime_type' => 'image/png',
			'post_status'    => 'inherit',
			'post_date'      => '2024-06-01 09:00:00',
		),
		$file,
		$parent
	);
	update_post_meta( $id, '_wp_attachment_image_alt', "A blue $name" );
	wp_update_attachment_metadata( $id, wp_generate_attachment_metadata( $id, $file ) );
	return $id;
}

/** Approved comments, every fourth an answer to the one before, and one each that waits or is spam. */
function seed_comments( int $post, int $approved ): void {
	$parent = 0;
	for ( $n = 1; $n <= $approved; $n++ ) {
		$answers = 0 === $n % 4;
		$parent  = seed_comment( $post, "APPROVED-COMMENT-MARKER $n under $post", '1', $n, $answers ? $parent : 0 );
	}
	seed_comment( $post, "HELD-COMMENT-MARKER under $post", '0', 90, 0 );
	seed_comment( $post, "SPAM-COMMENT-MARKER under $post", 'spam', 91, 0 );
}

function seed_comment( int $post, string $text, string $approved, int $n, int $parent ): int {
	return wp_insert_comment(
		array(
			'comment_post_ID'      => $post,
			'comment_author'       => "Reader $n",
			'comment_author_email' => "reader$n@readers.example",
			'comment_content'      => $text,
			'comment_approved'     => $approved,
			'comment_parent'       => $parent,
			'comment_date'         => gmdate( 'Y-m-d H:i:s', strtotime( '2025-01-02 00:00:00' ) + 60 * $n ),
		)
	);
}
