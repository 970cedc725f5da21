using Microsoft.Extensions.Logging;
using OrleansAtlas.Store;

namespace OrleansAtlas.Tests.Store;

/// <summary>A folder for a store.</summary>
internal sealed class FolderPlace : StorePlace
{
    private readonly TemporaryFolder _folder = new();

    public override string Location => _folder.Path;

    public override IArtifactStore Open(ILoggerFactory? logs = null) =>
        LocalStore.Open(_folder.Path, write: true, logs?.CreateLogger<LocalStore>());

    public override Task<byte[]> BytesAsync(string name) => File.ReadAllBytesAsync(_folder[name]);

    public override Task PutAsync(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        return File.WriteAllBytesAsync(_folder[name], bytes);
    }

    public override Task<int> CountAsync() =>
        Task.FromResult(
            Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Count(path => Path.GetFileName(path) != ".lock")
        );

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
