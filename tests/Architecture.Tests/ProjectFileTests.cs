namespace OrleansAtlas.Tests;

public sealed class ProjectFileTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_project_is_in_the_solution()
    {
        var projects = await Repository.ProjectsAsync(Cancel);
        var solution = Repository.Text("OrleansAtlas.sln").Replace('\\', '/');

        Assert.NotEmpty(projects);
        Assert.DoesNotContain(projects, project => !solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Versions_of_packages_stand_in_one_place()
    {
        var projects = await Repository.ProjectsAsync(Cancel);

        var own =
            from project in projects
            from package in project.Packages
            where HasOwnVersion(package) || package.Attribute("VersionOverride") is not null || package.HasElements
            select $"{project.Path}: {package}";
        Assert.Empty(own);
    }

    // A package that is only fetched takes no version from that place but by a property of it.
    private static bool HasOwnVersion(System.Xml.Linq.XElement package) =>
        package.Attribute("Version") is { } version && !version.Value.StartsWith("[$(", StringComparison.Ordinal);

    [Theory]
    [InlineData("packages.lock.json")]
    [InlineData("nuget.config")]
    public async Task What_depends_on_the_registry_in_use_is_not_committed(string name)
    {
        var files = await Repository.FilesAsync(Cancel);

        Assert.DoesNotContain(files, path => Path.GetFileName(path).Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
