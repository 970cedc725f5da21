using OrleansAtlas.Numerics;

namespace OrleansAtlas.Tests;

// Why: docs/decisions/house.md
/// <summary>References point one way: docs/architecture.md has the picture.</summary>
public sealed class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Core"] = [],
        ["Access"] = ["Core"],
        ["Onnx"] = ["Core"],
        ["Images"] = ["Core"],
        ["Rendering"] = ["Core"],
        ["Azure"] = ["Core"],
        ["Torch"] = ["Core"],
        ["Contracts"] = ["Core"],
        ["ClusterClient"] = ["Contracts"],
        ["Hosting"] = ["Core", "Onnx", "Images", "Rendering", "Azure", "Torch"],
        ["Web"] = ["Access", "ClusterClient", "Contracts", "Core", "Images", "Rendering", "Hosting"],
        ["Grains"] = ["Core", "Contracts"],
        ["Silo"] = ["Access", "Core", "Contracts", "Grains", "Images", "Hosting"],
        ["Client"] = ["Access", "Core", "Contracts", "ClusterClient", "Onnx", "Images", "Rendering", "Hosting", "Web"],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_project_of_src_is_known()
    {
        var projects = await Repository.ProjectsAsync(Cancel);

        Assert.DoesNotContain(projects, project => project.Folder == "src" && !Allowed.ContainsKey(project.Name));
    }

    [Fact]
    public async Task References_point_one_way()
    {
        var projects = await Repository.ProjectsAsync(Cancel);

        var wrong =
            from project in projects
            where project.Folder == "src"
            from reference in project.References
            where !Allowed.GetValueOrDefault(project.Name, []).Contains(reference)
            select $"{project.Name} -> {reference}";
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Every_test_project_is_named_after_what_it_tests()
    {
        var projects = await Repository.ProjectsAsync(Cancel);

        var known = Allowed
            .Keys.Append("Architecture")
            .Append("System")
            .Append("Cluster")
            .Append("K8s")
            .Select(name => $"{name}.Tests")
            .ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(projects, project => project.Folder == "tests" && !known.Contains(project.Name));
    }

    [Fact]
    public async Task Core_takes_no_package_but_numbers_and_media()
    {
        var core = Assert.Single(await Repository.ProjectsAsync(Cancel), project => project.Path == "src/Core/Core.csproj");

        Assert.Empty(
            core.Packages.Select(package => package.Attribute("Include")!.Value)
                .Except([
                    "FFMpegCore",
                    "MathNet.Numerics",
                    "Microsoft.Extensions.Logging.Abstractions",
                    "System.IO.Hashing",
                    "System.Numerics.Tensors",
                ])
        );
    }

    [Fact]
    public void Core_knows_no_engine()
    {
        var used = typeof(Npy).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!);

        Assert.DoesNotContain(
            used,
            name =>
                name
                    is not (
                        "FFMpegCore"
                        or "MathNet.Numerics"
                        or "Microsoft.Extensions.Logging.Abstractions"
                        or "Microsoft.Win32.Primitives"
                    )
                && !name.StartsWith("System.", StringComparison.Ordinal)
        );
    }
}
