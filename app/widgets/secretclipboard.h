// Puts a secret on the clipboard for a while, marked so that clipboard histories leave it out. Owned by whoever offers to copy it.
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace app {

class SecretClipboard : public QObject
{
    Q_OBJECT

public:
    explicit SecretClipboard(std::chrono::milliseconds time = std::chrono::seconds(60), QObject *parent = nullptr);
    ~SecretClipboard() override; // takes it back

    void copy(const QString &secret);

    // Unless something else was copied meanwhile.
    void takeBack();

private:
    QString m_secret; // that may still be there
    QTimer m_timer;
};

} // namespace app
