using System.Xml.Linq;

namespace OrleansAtlas.Tests;

/// <summary>A project file: its path from the root of the repository, and what it references.</summary>
internal sealed record Project(string Path, IReadOnlyList<string> References, IReadOnlyList<XElement> Packages)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => Path[..Path.IndexOf('/')];

    public static Project Read(string path)
    {
        var items = XDocument.Load(System.IO.Path.Combine(Repository.Root, path)).Descendants().ToList();
        return new Project(
            path,
            [
                .. items
                    .Where(item => item.Name.LocalName == "ProjectReference")
                    .Select(item => System.IO.Path.GetFileNameWithoutExtension(item.Attribute("Include")!.Value)),
            ],
            [.. items.Where(item => item.Name.LocalName is "PackageReference" or "PackageDownload")]
        );
    }
}
