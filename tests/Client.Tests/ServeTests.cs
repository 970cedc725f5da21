using OrleansAtlas.Client;

namespace OrleansAtlas.Tests;

/// <summary>When <c>atlas serve</c> does not start.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("Who reaches 0.0.0.0 could see every film", "--address", "0.0.0.0")]
    [InlineData("--key-file FILE and --no-auth are given", "--key-file", "key", "--no-auth")]
    [InlineData("The key file 'no such file' cannot be read", "--key-file", "no such file")]
    [InlineData("--address 'here' is no IP address", "--address", "here")]
    public async Task A_map_that_would_be_open_unasked_is_not_served(string said, params string[] arguments)
    {
        var (before, errors) = (Console.Error, new StringWriter());
        Console.SetError(errors);
        try
        {
            Assert.Equal(2, await CommandLine.RunAsync(["serve", "--store", _folder.Path, .. arguments]));
        }
        finally
        {
            Console.SetError(before);
        }

        Assert.Contains(said, errors.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
