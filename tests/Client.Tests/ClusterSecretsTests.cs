using OrleansAtlas.ClusterClient;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Tests;

/// <summary>A cluster's address may hold a password, which no message repeats.</summary>
public sealed class ClusterSecretsTests
{
    [Theory]
    [InlineData("redis://localhost:6379,password=hidden,nonsense=1", "'redis://localhost:6379'")]
    [InlineData("redis://,user=me,password=hidden", "'redis://'")]
    public async Task An_address_that_cannot_be_is_named_without_its_password(string address, string named)
    {
        var error = await Assert.ThrowsAsync<AtlasException>(() =>
            AtlasClusterClient.ConnectAsync(address, TestContext.Current.CancellationToken)
        );

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.ToString(), StringComparison.Ordinal);
    }
}
