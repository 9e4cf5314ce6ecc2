<?php
/* A page. */
$title = "Calm \"night\" tea for {$who}";
$rows = ['heading' => 'What it does', 'text' => 'It helps you rest, and it\'s warm.'];
?>
<h1><?php _e('Calm tea', 'shop'); ?></h1>
<?php if (count($rows) > 0): ?>
<p>Our <?= $name ?> helps<?php endif; ?> you.</p>
<?php echo <<<HTML
<p>It's $name.</p>
HTML;
