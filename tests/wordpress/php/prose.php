<?php
// Prose for the seed: deterministic paragraphs, and the same piece of news written with blocks and in the classic way.

/** Sentence number $n of a small town's news; two numbers below 4,000 never give the same sentence. */
function sentence( int $n ): string {
	$who   = array( 'The harbour master', 'A council of farmers', 'The night ferry', 'One of the bakers', 'The new library', 'A visiting choir', 'The lighthouse crew', 'The school orchestra' );
	$did   = array( 'opened', 'measured', 'repaired', 'painted', 'counted', 'promised', 'auctioned', 'moved', 'described', 'borrowed' );
	$what  = array( 'the old pier', 'forty lanterns', 'a map of the bay', 'the winter timetable', 'three stone bridges', 'the weather station', 'a cellar of apples' );
	$where = array( 'before sunrise', 'at the market', 'near the river mouth', 'without any ceremony', 'under steady rain', 'for the second time' );
	return sprintf(
		'%s %s %s %s, and note %d says why.',
		$who[ $n % 8 ],
		$did[ intdiv( $n, 8 ) % 10 ],
		$what[ intdiv( $n, 3 ) % 7 ],
		$where[ intdiv( $n, 5 ) % 6 ],
		$n
	);
}

/** A paragraph of three sentences; $n counts paragraphs. */
function paragraph( int $n ): string {
	return sentence( 3 * $n ) . ' ' . sentence( 3 * $n + 1 ) . ' ' . sentence( 3 * $n + 2 );
}

/** One block of the block editor. */
function block( string $name, string $html, array $attributes = array() ): string {
	$json = $attributes ? ' ' . json_encode( $attributes ) : '';
	return "<!-- wp:$name$json -->\n$html\n<!-- /wp:$name -->\n\n";
}

/** Paragraph block. */
function p( string $html ): string {
	return block( 'paragraph', "<p>$html</p>" );
}

/** An article of the block editor: paragraphs, a heading, a list, a quotation. */
function block_article( int $n ): string {
	return p( paragraph( $n ) )
		. block( 'heading', "<h2>What note $n found</h2>" )
		. p( 'It was <strong>not</strong> the first time: ' . lcfirst( sentence( $n ) ) . ' The <a href="https://archive.example/notes/' . $n . '">notes</a> agree.' )
		. block(
			'list',
			"<ul>\n" . block( 'list-item', "<li>Lanterns: $n</li>" ) . block( 'list-item', '<li>Boats <em>and</em> nets</li>' ) . '</ul>'
		)
		. block( 'quote', '<blockquote class="wp-block-quote">' . p( "We have $n reasons to stay." ) . '<cite>A fisherman</cite></blockquote>' )
		. p( paragraph( $n + 2000 ) );
}

/** The same kind of article as the classic editor saved it: paragraphs by empty lines (wpautop). */
function classic_article( int $n ): string {
	return paragraph( $n ) . "\n\n"
		. "<h3>Note $n, in short</h3>\n"
		. "\"Quotes\" -- and a dash... 'all' of it typed by hand.\nA second line of the same paragraph.\n\n"
		. "<ol>\n<li>First of $n</li>\n<li>Second of $n</li>\n</ol>\n"
		. "<blockquote>Count to $n &amp; rest.</blockquote>\n"
		. paragraph( $n + 2000 );
}
