<!DOCTYPE html>
<html <?php language_attributes(); ?>>
<head>
<meta charset="<?php bloginfo( 'charset' ); ?>">
<?php wp_head(); ?>
</head>
<body <?php body_class(); ?>>
<?php wp_body_open(); ?>
<div id="page" class="site">
<a class="skip-link screen-reader-text" href="#content">Skip to content</a>
<header id="masthead" class="site-header">
<h1 class="site-title"><a href="<?php echo esc_url( home_url( '/' ) ); ?>" rel="home"><?php bloginfo( 'name' ); ?></a></h1>
<p class="site-tagline"><?php bloginfo( 'description' ); ?></p>
<nav class="main-navigation"><ul><?php wp_list_pages( array( 'title_li' => '' ) ); ?></ul></nav>
</header>
<div id="content" class="site-content">
<main id="primary" class="site-main">
