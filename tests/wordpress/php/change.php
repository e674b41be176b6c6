<?php
// What an editor or an administrator does between two crawls; {"command": [arguments]} on standard input.

require __DIR__ . '/bootstrap.php';

$commands = array(
	'theme'     => static function ( string $stylesheet ): void {
		switch_theme( $stylesheet );
	},
	'structure' => static function ( string $structure ): void {
		global $wp_rewrite;
		$wp_rewrite->set_permalink_structure( $structure );
		$wp_rewrite->flush_rules( false );
		// Apache rewrites only what save_mod_rewrite_rules() wrote; "plain" and "/index.php/" need no rules.
		$flag = getenv( 'PRESSWALK_WP_STATE' ) . '/rewrite';
		$wp_rewrite->using_mod_rewrite_permalinks() ? touch( $flag ) : @unlink( $flag );
	},
	'front'     => static function ( string $shown ): void {
		update_option( 'show_on_front', $shown );
		update_option( 'page_on_front', 'page' === $shown ? post_of( 'page-welcome' ) : 0 );
		update_option( 'page_for_posts', 'page' === $shown ? post_of( 'page-news' ) : 0 );
	},
	'option'    => static function ( string $name, mixed $value ): void {
		update_option( $name, $value );
	},
	'edit'      => static function ( string $key, array $fields ): void {
		wp_update_post( wp_slash( array( 'ID' => post_of( $key ) ) + $fields ), true );
	},
	'publish'   => static function ( string $key, array $fields ): void {
		$id = wp_insert_post( wp_slash( $fields + array( 'post_status' => 'publish', 'post_author' => 1 ) ), true );
		add_post_meta( $id, 'presswalk_key', $key );
	},
	'trash'     => static function ( string $key ): void {
		wp_trash_post( post_of( $key ) );
	},
	'untrash'   => static function ( string $key ): void {
		wp_untrash_post( post_of( $key ) );
		wp_update_post( array( 'ID' => post_of( $key ), 'post_status' => 'publish' ), true );
	},
	'move'      => static function ( string $key, string $category ): void {
		$term = get_term_by( 'slug', $category, 'category' );
		wp_update_post( array( 'ID' => post_of( $key ), 'post_category' => array( $term->term_id ) ), true );
	},
	// Written days ago, public since now: wp_publish_post() leaves post_modified as it was.
	'release'   => static function ( string $key, array $fields ): void {
		global $wpdb;
		$id = wp_insert_post( wp_slash( $fields + array( 'post_status' => 'future', 'post_author' => 1, 'post_date' => wp_date( 'Y-m-d H:i:s', time() + DAY_IN_SECONDS ) ) ), true );
		add_post_meta( $id, 'presswalk_key', $key );
		$times = array();
		foreach ( array( 'post_date' => time(), 'post_modified' => time() - 3 * DAY_IN_SECONDS ) as $column => $time ) {
			$times += array( $column => wp_date( 'Y-m-d H:i:s', $time ), "{$column}_gmt" => gmdate( 'Y-m-d H:i:s', $time ) );
		}
		$wpdb->update( $wpdb->posts, $times, array( 'ID' => $id ) );
		clean_post_cache( $id );
		wp_publish_post( $id );
	},
);

wp_set_current_user( 1 );
foreach ( arguments() as $command => $parameters ) {
	$commands[ $command ]( ...$parameters );
}
answer( true );
