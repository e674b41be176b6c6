<?php
// The address of the newest public post.

require __DIR__ . '/bootstrap.php';

answer( get_permalink( get_posts( array( 'numberposts' => 1 ) )[0] ) );
