using System.Collections.Concurrent;

namespace OrleansAtlas.Tests;

/// <summary>The chart, rendered once for each set of values.</summary>
internal static class Chart
{
    public const string Folder = "k8s/chart";
    public const string Running = "tests/K8s.Tests/running.yaml";

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Renderings = new();

    /// <summary>Files of values that the chart is rendered with; <c>everything</c> turns on what the others leave out.</summary>
    public static TheoryData<string> Values =>
        ["k8s/values/local.yaml", "k8s/values/azure.yaml", "tests/K8s.Tests/everything.yaml", "tests/K8s.Tests/folder.yaml", Running];

    /// <summary>Those that are kept as plain YAML too.</summary>
    public static TheoryData<string> Kept => ["local", "azure"];

    public static string[] Arguments(string values) => ["atlas", Folder, "--namespace", "atlas", "--values", values];

    /// <summary>All documents, the tests of <c>helm test</c> with them.</summary>
    public static Task<string> RenderAsync(string values) =>
        Renderings.GetOrAdd(values, file => new Lazy<Task<string>>(() => TemplateAsync(Arguments(file)))).Value;

    public static async Task<string> TemplateAsync(params string[] arguments)
    {
        var run = await KubeTools.HelmAsync(["template", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }
}
