using System.Text.RegularExpressions;

namespace OrleansAtlas.Tests;

/// <summary>Inside Core namespaces follow folders and point downwards only: docs/architecture.md has the picture.</summary>
public sealed partial class NamespaceTests
{
    /// <summary>From the bottom to the top: a namespace may use those before it. Nothing at all stands above the last, the root.</summary>
    private static readonly string[] Order =
    [
        "Errors",
        "Numerics",
        "Runtime",
        "Imaging",
        "Media",
        "Reduction.Placement",
        "Reduction.Tsne",
        "Reduction.Stretching",
        "Reduction.Autoencoder",
        "Reduction.Pca",
        "Reduction",
        "Store",
        "Features",
        "Work",
        "Maps",
        "Maps.Quality",
        "Maps.Building",
        "Maps.Training",
        "Search.Index",
        "Search.Pictures",
        "Search.Clips",
        "Search.Similar",
        "Search.Copies",
        "Indexing",
        "Verification",
        "",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Namespaces_of_Core_are_its_folders()
    {
        var wrong =
            from source in await SourcesAsync()
            let folder = FolderOf(source)
            where
                !Order.Contains(folder) || !Repository.Text(source).Contains($"namespace {NamespaceOf(folder)};", StringComparison.Ordinal)
            select source;
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Namespaces_of_Core_use_only_those_below_them()
    {
        var wrong =
            from source in await SourcesAsync()
            let own = Array.IndexOf(Order, FolderOf(source))
            from used in UsedBy(Repository.Text(source))
            where Array.IndexOf(Order, used) > own
            select $"{source} uses {NamespaceOf(used)}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void A_namespace_is_found_where_it_is_used_and_where_it_is_written_out() =>
        Assert.Equal(["Maps.Building", "Store"], UsedBy("using OrleansAtlas.Maps.Building;\n\n    x = Store.Npy.Parse(y);\n").Order());

    private static async Task<IEnumerable<string>> SourcesAsync()
    {
        var sources = (await Repository.FilesAsync(Cancel))
            .Where(path => path.StartsWith("src/Core/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(sources);
        return sources;
    }

    private static string FolderOf(string source) => string.Join('.', source.Split('/')[2..^1]);

    private static string NamespaceOf(string folder) => folder.Length == 0 ? "OrleansAtlas" : "OrleansAtlas." + folder;

    private static IEnumerable<string> UsedBy(string text) =>
        Using()
            .Matches(text)
            .Select(match => match.Groups[1].Value)
            .Concat(Order.Where(name => name.Length > 0 && Regex.IsMatch(text, $@"(?<![\w.""'/]){Regex.Escape(name)}\.[A-Z]\w+\.[A-Z]")))
            .Distinct();

    [GeneratedRegex(@"^using OrleansAtlas\.([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();
}
