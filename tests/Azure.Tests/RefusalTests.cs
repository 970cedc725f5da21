using Azure.Storage.Sas;

namespace OrleansAtlas.Tests;

/// <summary>A store that does not let the program in, is not there or does not answer: one sentence, exit code 3, no secret.</summary>
public sealed class RefusalTests(AzuriteFixture azurite)
{
    private const string OtherKey = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=";

    [Fact]
    public async Task A_wrong_key()
    {
        var server = await azurite.ServerAsync();
        var wrong = server.ConnectionString.Replace(server.Key, OtherKey, StringComparison.Ordinal);
        var said = await RefusedAsync($"{(await server.ContainerAsync()).Uri}", OtherKey, ("AZURE_STORAGE_CONNECTION_STRING", wrong));
        Assert.Contains("does not let this process in", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_that_is_not_there()
    {
        var server = await azurite.ServerAsync();
        var store = $"{server.Address}/nothere/films";
        var said = await RefusedAsync(store, server.Key, ("AZURE_STORAGE_CONNECTION_STRING", server.ConnectionString));
        Assert.Contains($"There is no container '{server.Address}/nothere'", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_signature_that_ended(bool inAddress)
    {
        var container = await (await azurite.ServerAsync()).ContainerAsync();
        var sas = container.GenerateSasUri(BlobContainerSasPermissions.All, TimeProvider.System.GetUtcNow().AddMinutes(-5)).Query;
        var store = $"{container.Uri}{(inAddress ? sas : "")}";
        var said = await RefusedAsync(store, Signature(sas), ("AZURE_STORAGE_SAS_TOKEN", inAddress ? null : sas));
        Assert.Contains("ended at 20", said, StringComparison.Ordinal);
        Assert.Contains($"'{container.Uri}'", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_does_not_answer()
    {
        var server = await azurite.ServerAsync();
        var away = server.ConnectionString.Replace(server.Address, "http://127.0.0.1:9/library", StringComparison.Ordinal);
        var said = await RefusedAsync("http://127.0.0.1:9/library/films", server.Key, ("AZURE_STORAGE_CONNECTION_STRING", away));
        Assert.Contains("cannot be reached", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://account.blob.core.windows.net?sig=hidden")]
    [InlineData("https://me:hidden@account.blob.core.windows.net/films")]
    [InlineData("s3://bucket/films?hidden")]
    public async Task What_is_no_address_of_a_container(string store)
    {
        var said = await RefusedAsync(store, "hidden");
        Assert.Contains("give a folder, or https://ACCOUNT.blob.core.windows.net/CONTAINER", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_connection_string()
    {
        var server = await azurite.ServerAsync();
        var said = await RefusedAsync($"{server.Address}/films", "hidden", ("AZURE_STORAGE_CONNECTION_STRING", "AccountKey=hidden"));
        Assert.Contains("AZURE_STORAGE_CONNECTION_STRING is no connection string", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_signature_opens_a_container_and_is_nowhere_said(bool inAddress)
    {
        var container = await (await azurite.ServerAsync()).ContainerAsync();
        var sas = container.GenerateSasUri(BlobContainerSasPermissions.All, TimeProvider.System.GetUtcNow().AddMinutes(5)).Query;
        var own = $"AZURE_STORAGE_SAS_TOKEN_LIBRARY_{container.Name.ToUpperInvariant()}";
        using var process = BlobAtlas.Start(
            inAddress ? Environment() : Environment((own, sas), ("AZURE_STORAGE_SAS_TOKEN", "?sv=1&sig=another")),
            "status",
            "-c",
            "films",
            "-v",
            "--store",
            $"{container.Uri}/a{(inAddress ? sas : "")}"
        );
        var run = await AtlasRun.EndOfAsync(process);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"no collection 'films' in {container.Uri}/a,", run.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(Signature(sas), run.Output + run.Error, StringComparison.Ordinal);
    }

    private static string Signature(string sas) => sas[(sas.IndexOf("sig=", StringComparison.Ordinal) + 4)..].Split('&')[0];

    private static Dictionary<string, string?> Environment(params (string Name, string? Value)[] more) =>
        new((IEnumerable<KeyValuePair<string, string?>>)[.. more.Select(one => KeyValuePair.Create(one.Name, one.Value))])
        {
            ["AZURE_LOG_LEVEL"] = "verbose",
        };

    private static async Task<string> RefusedAsync(string store, string secret, params (string Name, string? Value)[] environment)
    {
        using var process = BlobAtlas.Start(Environment(environment), "status", "-c", "films", "-v", "--store", store);
        var run = await AtlasRun.EndOfAsync(process);
        Assert.Equal(3, run.ExitCode);
        Assert.Equal($"{run.Sentence}\n", run.Error);
        Assert.DoesNotContain(secret, run.Output + run.Error, StringComparison.Ordinal);
        return run.Sentence;
    }
}
