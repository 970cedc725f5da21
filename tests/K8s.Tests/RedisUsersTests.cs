using System.Security.Cryptography;
using System.Text;
using OrleansAtlas.Tests.Manifests;

namespace OrleansAtlas.Tests;

/// <summary>Whom the chart's Redis lets in.</summary>
public sealed class RedisUsersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("one\n", "one")]
    [InlineData("one", "one")]
    [InlineData("new\r\n\r\n old one \n", "new", "old one")]
    [InlineData("\n")]
    public async Task Each_line_of_the_secret_is_a_password(string secret, params string[] passwords)
    {
        var cancel = TestContext.Current.CancellationToken;
        var script = Manifest.Load(await Chart.RenderAsync(Chart.Running)).ConfigMaps["atlas-redis"]["start.sh"];
        foreach (var name in new[] { "secrets", "run" })
        {
            Directory.CreateDirectory(_folder[name]);
        }

        await File.WriteAllTextAsync(_folder["secrets/password"], secret, cancel);
        await File.WriteAllTextAsync(
            _folder["start.sh"],
            script
                .Replace("/secrets/redis", _folder["secrets"], StringComparison.Ordinal)
                .Replace("/run/redis", _folder["run"], StringComparison.Ordinal)
                .Replace("exec redis-server", "true", StringComparison.Ordinal),
            cancel
        );

        var run = await Running.PodProcess.RunAsync(
            "sh",
            [_folder["start.sh"]],
            new Dictionary<string, string> { ["REDIS_USER"] = "atlas" }
        );

        Assert.True(run.ExitCode == 0, run.Error);
        var hashes = passwords.Select(word => $" #{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(word)))}");
        Assert.Equal(
            $"user default off\nuser atlas on{string.Concat(hashes)} ~* &* +@all -@admin -@dangerous +info\n",
            await File.ReadAllTextAsync(_folder["run/users.acl"], cancel)
        );
    }
}
