using OrleansAtlas.ClusterClient;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Tests;

/// <summary>A cluster's address may hold a password, which no message repeats.</summary>
public sealed class ClusterSecretsTests
{
    [Theory]
    [InlineData("redis://localhost:6379,password=hidden")]
    [InlineData("rediss://localhost:6379,PASSWORD=hidden/films")]
    [InlineData("redis://me:hidden@localhost:6379")]
    [InlineData("me:hidden@localhost")]
    public async Task An_address_with_a_password_is_refused_with_the_way_out(string address)
    {
        var error = await FailAsync(address);

        Assert.Contains("ATLAS_REDIS_PASSWORD_FILE", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis://localhost:6379,passwrd=hidden", "'redis://localhost:6379'")]
    [InlineData("redis://", "'redis://'")]
    public async Task An_address_that_cannot_be_is_named_without_what_may_be_secret(string address, string named)
    {
        var error = await FailAsync(address);

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_print_none_of_them() =>
        Assert.DoesNotContain("hidden", $"{new ClusterSecrets { RedisPassword = "hidden" }}", StringComparison.Ordinal);

    private static Task<AtlasException> FailAsync(string address) =>
        Assert.ThrowsAsync<AtlasException>(() =>
            AtlasClusterClient.ConnectAsync(address, new ClusterSecrets(), TestContext.Current.CancellationToken)
        );
}
