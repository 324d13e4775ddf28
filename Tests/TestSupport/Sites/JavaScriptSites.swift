/// Generators that run on Node.js.
extension GeneratorSite {
  package static let eleventy = GeneratorSite(
    name: "eleventy",
    files: [
      "eleventy.config.js": """
      // addPassthroughCopy("no")
      module.exports = function (eleventyConfig) {
        eleventyConfig.addPassthroughCopy({ "./public/": "/" });
        eleventyConfig.addPassthroughCopy("src/img");
        return { dir: { input: "src", output: "dist" } };
      };
      """,
      "public/p.png": "x", "src/img/a.png": "x", "dist/no.md": "![](/p.png)",
      "src/_includes/no.md": "![](/p.png)",
      "src/posts/2024-01-02-one.md": """
      ---
      image: /img/a.png
      ---
      ![](/p.png) ![](../../img/a.png) ![]({{ "/img/a.png" | url }}) ![](a.png) {# ![](/p.png) #}
      {% image "/p.png", "alt" %} {% raw %}{% image "/no.png" %}{% endraw %}
      """,
    ])

  package static let astro = GeneratorSite(
    name: "astro",
    files: [
      "astro.config.mjs": "export default { site: 'https://example.org', base: '/docs' }",
      "public/p.png": "x", "src/assets/a.png": "x", "src/content/blog/b.png": "x",
      "src/content/blog/one.md": """
      ---
      heroImage: ../../assets/a.png
      ---
      ![](./b.png) ![](@/assets/a.png) ![](/docs/p.png)
      """,
      "src/content/blog/two.mdx": """
      ---
      image: {src: /docs/p.png}
      ---
      import a from '~/assets/a.png'

      <Image src={a} />

      ```js
      import no from './no.png'
      ```
      """,
    ])

  package static let hexo = GeneratorSite(
    name: "hexo",
    files: [
      "_config.yml": "url: https://example.org\nroot: /blog/\npost_asset_folder: true\n",
      "source/images/a.png": "x", "source/_posts/one/中文.png": "x",
      "source/_posts/one.md": """
      ---
      cover: /images/a.png
      photos: [/images/a.png, images/a.png]
      ---
      ![](/images/a.png) <img src="/blog/images/a.png">
      {% asset_img 中文.png 300 200 title %} {% img left /images/a.png %}
      """,
      "source/_drafts/no.md": "![](/images/a.png)",
    ])

  package static let docusaurus = GeneratorSite(
    name: "docusaurus",
    files: [
      "docusaurus.config.ts": "export default { url: 'https://example.org', baseUrl: '/' }",
      "static/img/a.png": "x", "docs/b.png": "x",
      "docs/one.md": """
      ---
      image: /img/a.png
      ---
      ![](./b.png) ![](/img/a.png)

      <img src={require('@site/static/img/a.png').default} />
      """,
    ])
}
