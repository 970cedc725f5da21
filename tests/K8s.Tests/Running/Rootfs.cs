using System.Diagnostics;
using System.IO.Enumeration;

namespace OrleansAtlas.Tests.Running;

/// <summary>The images' root file system, made by <c>k8s/rootfs.sh</c>, and what the Dockerfile puts into it.</summary>
internal sealed class Rootfs(TemporaryFolder folder)
{
    // A build from nothing, beside others.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    private static readonly string Script = Path.Combine(TestFiles.Repository, "k8s/rootfs.sh");

    /// <summary>Where a pod's volume would be.</summary>
    public string Data { get; } = folder["data"];

    private string Root { get; } = folder["root"];

    private string Source { get; } = folder["source"];

    /// <summary>Skips the test where it cannot be made.</summary>
    public static void Require()
    {
        var places = (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin").Split(':');
        Assert.SkipUnless(places.Any(place => File.Exists(Path.Combine(place, "debootstrap"))), "debootstrap is not installed");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "A root file system is made by root");
    }

    /// <summary>Makes Debian with the packages of the images; megabytes.</summary>
    public async Task<long> MakeAsync()
    {
        await ToEndAsync(Script, "make", Root);
        return await MegabytesAsync(Root);
    }

    /// <summary>Publishes a program as the Dockerfile does, from those files alone that .dockerignore lets in; megabytes.</summary>
    public async Task<long> PublishAsync(string project)
    {
        if (!Directory.Exists(Source))
        {
            await CopySourceAsync();
        }

        string[] how = ["-c", "Release", "-r", "linux-x64", "--self-contained", "-o", App(project)];
        await ToEndAsync("dotnet", ["publish", Path.Combine(Source, "src", project), .. how]);
        return await MegabytesAsync(App(project));
    }

    /// <summary>Has a name stand for this machine.</summary>
    public void Resolve(string host) => File.WriteAllText(Path.Combine(Root, "etc/hosts"), $"127.0.0.1 localhost {host}\n");

    /// <summary>Starts a program in it, on a root file system that cannot be written, as a user without rights.</summary>
    /// <param name="project">The project that was published.</param>
    /// <param name="command">Variables, the program and its arguments.</param>
    public Process Start(string project, params string[] command) =>
        Process.Start(
            new ProcessStartInfo(Script, ["run", Root, App(project), Data, .. command])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;

    /// <summary>Runs a program in it to its end.</summary>
    public async Task<AtlasRun> RunAsync(string project, params string[] command)
    {
        using var process = Start(project, command);
        return await AtlasRun.EndOfAsync(process);
    }

    private string App(string project) => folder["app", project];

    private async Task CopySourceAsync()
    {
        var kept = File.ReadAllLines(Path.Combine(TestFiles.Repository, ".dockerignore"))
            .Where(line => line.StartsWith('!'))
            .Select(line => line[1..])
            .ToList();
        using var git = Process.Start(
            new ProcessStartInfo("git", ["-C", TestFiles.Repository, "ls-files", "--cached", "--others", "--exclude-standard"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var files = (await AtlasRun.EndOfAsync(git)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (
            var file in files.Where(file => kept.Exists(pattern => FileSystemName.MatchesSimpleExpression(pattern, file.Split('/')[0])))
        )
        {
            var to = Path.Combine(Source, file);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(Path.Combine(TestFiles.Repository, file), to);
        }
    }

    private static async Task<long> MegabytesAsync(string folder) =>
        long.Parse((await ToEndAsync("du", "-sm", folder)).Split('\t')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> ToEndAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (
            var (name, value) in new[] { ("MSBUILDDISABLENODEREUSE", "1"), ("RunAnalyzers", "false"), ("EnforceCodeStyleInBuild", "false") }
        )
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var run = await AtlasRun.EndOfAsync(process, Limit);
        Assert.True(run.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {run.Output}{run.Error}");
        return run.Output;
    }
}
