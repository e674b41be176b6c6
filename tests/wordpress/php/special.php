<?php
// The posts of the seed that are hard in one way each: key => fields of wp_insert_post(), and what else is done with it.

/** Public posts. "comments", "tags" and "modified" (local time) are ours, the rest is wp_insert_post()'s. */
function special_posts( array $cat, int $image ): array {
	$picture = wp_get_attachment_url( $image );
	$twin    = block_article( 900 );
	return array(
		'quotes'      => array( 'post_title' => 'The "old" pier & the mayor\'s <em>new</em> plan -- 10 < 20', 'post_content' => block_article( 700 ), 'tags' => array( 'R&D', 'C++' ) ),
		'entities'    => array( 'post_title' => 'Caf&eacute; &#8220;Nord&#8221; wins AT&amp;T prize', 'post_content' => classic_article( 701 ) ),
		'emoji'       => array( 'post_title' => '🚢 Ferry returns 🎉', 'post_content' => p( 'The crew cheered 🎉🎉. ' . paragraph( 702 ) ) . p( paragraph( 2702 ) ) ),
		'arabic'      => array( 'post_title' => 'الميناء القديم يفتح أبوابه من جديد', 'post_content' => p( 'افتتح رئيس البلدية الميناء القديم صباح اليوم بحضور مئات السكان.' ) . p( 'وقال إن العمل استمر ثلاث سنوات كاملة.' ), 'post_category' => array( $cat['asia'] ) ),
		'chinese'     => array( 'post_title' => '港口灯塔重新点亮', 'post_content' => p( '昨天晚上，港口的灯塔在十年之后重新点亮。' ) . p( '居民们聚集在码头上庆祝。' ), 'post_category' => array( $cat['asia'] ) ),
		'russian'     => array( 'post_title' => 'Паром вернулся в порт', 'post_content' => p( 'Ночной паром вернулся в порт после долгого ремонта.' ) . p( 'Капитан поблагодарил команду и пассажиров.' ), 'post_category' => array( $cat['balkans'] ) ),
		'greek'       => array( 'post_title' => 'Η βιβλιοθήκη του λιμανιού', 'post_content' => p( 'Η βιβλιοθήκη άνοιξε ξανά για όλους τους κατοίκους.' ), 'post_category' => array( $cat['greek'], $cat['balkans'] ) ),
		'longslug'    => array( 'post_title' => str_repeat( '海边小镇的新闻报道', 6 ), 'post_content' => p( '这篇文章的标题很长，所以网址被截断了。' ), 'post_category' => array( $cat['asia'] ) ),
		'none'        => array( 'post_title' => 'A note without any category', 'post_content' => block_article( 703 ), 'post_category' => array() ),
		'several'     => array( 'post_title' => 'One story in four sections', 'post_content' => block_article( 704 ), 'post_category' => array( $cat['world'], $cat['balkans'], $cat['markets'], $cat['greek'] ), 'tags' => array( 'harbour', 'Ελλάδα', 'long read', 'R&D', 'winter' ) ),
		'blockpages'  => array( 'post_title' => 'A walk in three pages', 'post_content' => implode( block( 'nextpage', '<!--nextpage-->' ), array( block_article( 705 ), block_article( 706 ), block_article( 707 ) ) ) ),
		'fourpages'   => array( 'post_title' => 'Four pages about rope', 'post_content' => implode( block( 'nextpage', '<!--nextpage-->' ), array_map( fn( $n ) => p( paragraph( $n ) ) . p( paragraph( $n + 40 ) ), range( 710, 713 ) ) ), 'comments' => 3 ),
		'twopages'    => array( 'post_title' => 'Two classic pages', 'post_content' => classic_article( 714 ) . "\n<!--nextpage-->\n" . classic_article( 715 ) ),
		'more'        => array( 'post_title' => 'Below the fold', 'post_content' => paragraph( 716 ) . "\n\n<!--more-->\n\n" . paragraph( 717 ) ),
		'caption'     => array( 'post_title' => 'Pictures the classic way', 'post_content' => paragraph( 718 ) . "\n\n[caption id=\"attachment_$image\" align=\"aligncenter\" width=\"600\"]<img src=\"$picture\" alt=\"A blue pier\" width=\"600\" height=\"400\" /> The pier at noon[/caption]\n\n" . paragraph( 719 ) ),
		'gallery'     => array( 'post_title' => 'A gallery of lanterns', 'post_content' => p( paragraph( 720 ) ) . block( 'image', "<figure class=\"wp-block-image\"><img src=\"$picture\" alt=\"Lanterns\"/><figcaption class=\"wp-element-caption\">Lanterns at dusk</figcaption></figure>", array( 'id' => $image ) ) . block( 'shortcode', "[gallery ids=\"$image\"]" ) . p( paragraph( 721 ) ), '_thumbnail_id' => $image ),
		'blocks'      => array( 'post_title' => 'Every block of the editor', 'post_content' => many_blocks(), 'tags' => array( 'long read' ) ),
		'twin-one'    => array( 'post_title' => 'The first of two twins', 'post_content' => $twin ),
		'twin-two'    => array( 'post_title' => 'The second of two twins', 'post_content' => $twin ),
		'long'        => array( 'post_title' => 'The whole story of the harbour', 'post_content' => implode( '', array_map( fn( $n ) => p( paragraph( $n ) ), range( 1000, 1399 ) ) ) ),
		'short'       => array( 'post_title' => 'Brief', 'post_content' => 'Rain.' ),
		'renamed'     => array( 'post_title' => 'A story that got a new address', 'post_content' => block_article( 722 ) ),
		'discussed'   => array( 'post_title' => 'The post everybody answered', 'post_content' => block_article( 723 ), 'comments' => 55 ),
		'one-comment' => array( 'post_title' => 'Answered once', 'post_content' => classic_article( 724 ), 'comments' => 1 ),
		'password'    => array( 'post_title' => 'Minutes of the council', 'post_content' => p( 'PASSWORD-BODY-MARKER the minutes nobody may read.' ), 'post_excerpt' => 'PASSWORD-EXCERPT-MARKER', 'post_password' => 'rope', 'comments' => 2 ),
	);
}

/** Blocks beyond paragraphs: table, buttons, embed, preformatted text, columns, a separator, details of a list in a list. */
function many_blocks(): string {
	return p( paragraph( 730 ) )
		. block( 'table', '<figure class="wp-block-table"><table><thead><tr><th>Boat</th><th>Year</th></tr></thead><tbody><tr><td>Petrel</td><td>1931</td></tr><tr><td>Gannet</td><td>1948</td></tr></tbody></table></figure>' )
		. block( 'separator', '<hr class="wp-block-separator has-alpha-channel-opacity"/>' )
		. block( 'list', '<ol>' . block( 'list-item', '<li>Outer' . block( 'list', '<ul>' . block( 'list-item', '<li>Inner</li>' ) . '</ul>' ) . '</li>' ) . '</ol>' )
		. block( 'preformatted', "<pre class=\"wp-block-preformatted\">high water 06:10\nlow water 12:25</pre>" )
		. block( 'embed', "<figure class=\"wp-block-embed is-type-video is-provider-youtube wp-block-embed-youtube\"><div class=\"wp-block-embed__wrapper\">\nhttps://www.youtube.com/watch?v=harbour0001\n</div></figure>", array( 'url' => 'https://www.youtube.com/watch?v=harbour0001', 'type' => 'video', 'providerNameSlug' => 'youtube' ) )
		. block( 'columns', '<div class="wp-block-columns">' . block( 'column', '<div class="wp-block-column">' . p( 'Left of the columns.' ) . '</div>' ) . block( 'column', '<div class="wp-block-column">' . p( 'Right of the columns.' ) . '</div>' ) . '</div>' )
		. block( 'pullquote', '<figure class="wp-block-pullquote"><blockquote><p>Pulled out of the text.</p></blockquote></figure>' )
		. p( paragraph( 731 ) );
}

/** What the public must not see: a marker in title, body and slug of each. */
function hidden_posts(): array {
	$hidden = array();
	foreach ( array( 'draft', 'pending', 'private', 'future', 'trash', 'auto-draft' ) as $status ) {
		$hidden[ "hidden-$status" ] = array(
			'post_status'  => $status,
			'post_title'   => "HIDDEN-TITLE-MARKER $status",
			'post_content' => p( "HIDDEN-BODY-MARKER $status" ),
			'post_date'    => 'future' === $status ? '2090-05-05 05:05:05' : '2024-03-03 03:03:03',
		);
	}
	return $hidden;
}

/** Pages, nested; they are public, but no articles. */
function site_pages(): array {
	return array(
		'page-welcome' => array( 'Welcome', '' ),
		'page-news'    => array( 'All news', '' ),
		'page-about'   => array( 'About the Gazette', '' ),
		'page-people'  => array( 'Our people', 'page-about' ),
		'page-rules'   => array( 'House rules', 'page-people' ),
	);
}
